// What the pages do better with a script; without it they do the same.
"use strict";

// Times stand in UTC; here they are shown in the visitor's zone, with its name.
for (const time of document.querySelectorAll("time[data-local]")) {
  const at = new Date(time.dateTime);
  if (!Number.isNaN(at.getTime())) {
    time.title = time.textContent;
    // Swedish is written as ISO 8601 is, which reads the same in both languages.
    time.textContent = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "short" }).format(at) + " " +
      new Intl.DateTimeFormat("en", { timeZoneName: "short" }).formatToParts(at).find((part) => part.type === "timeZoneName").value;
  }
}

// A form is sent once.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
});

// Filters work as soon as they are chosen.
for (const choice of document.querySelectorAll(".filters select, .filters input[type=checkbox]")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}

// What was refused is read first.
document.getElementById("refused")?.focus();

// Somebody else may move the case while the page is open.
const changed = document.getElementById("changed");
if (changed) {
  const look = setInterval(async () => {
    if (document.hidden) {
      return;
    }
    try {
      const answer = await fetch(changed.dataset.url, { redirect: "error" });
      if (answer.status === 200) {
        changed.textContent = await answer.text();
        changed.hidden = false;
        clearInterval(look);
      }
    } catch {
      clearInterval(look); // the session has ended, or the service: the next form will tell
    }
  }, 20000);
}
