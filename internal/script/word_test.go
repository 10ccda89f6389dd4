package script

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Spellings that the systems in use give: a regular spelling costs next to nothing.
func TestCostOfRegularSpellings(t *testing.T) {
	for word, spellings := range map[string][]string{
		// Cyrillic, by country.
		"Юрий":       {"Yuri", "Yury", "Yuriy", "Iurii", "Jurij", "Iouri"},
		"Щукин":      {"Shchukin", "Schukin", "Ščukin", "Chtchoukin"},
		"Хрущёв":     {"Khrushchev", "Khrushchyov", "Hruschev"},
		"Цветаева":   {"Tsvetaeva", "Tsvetayeva", "Cvetaeva"},
		"Александр":  {"Aleksandr", "Alexandr", "Aliaksandr", "Oleksandr"},
		"Сергеевич":  {"Sergeevich", "Sergeyevich", "Serhiiovych", "Siarheevich"},
		"Зеленський": {"Zelenskyi", "Zelensky", "Zelenskyy"},
		"Григорій":   {"Hryhorii", "Hryhoriy"},
		"Уладзімір":  {"Uladzimir", "Vladimir"},
		"Шчэрба":     {"Shcherba"},
		"Цветков":    {"Tsvetkov", "Cvetkov"},
		"Въльков":    {"Valkov", "Vulkov"},
		"Ђорђевић":   {"Djordjevic", "Đorđević", "Dordevic"},
		"Љубичић":    {"Ljubicic", "Ljubičić"},
		"Ќосев":      {"Kjosev"},
		"Қасымов":    {"Kassymov", "Qasymov"},
		"Өмүрбеков":  {"Omurbekov"},
		"Ҳикматов":   {"Hikmatov", "Khikmatov"},
		"Баттөр":     {"Battur", "Battor"},
		// Other alphabets.
		"Γεώργιος":     {"Georgios", "Yeoryios"},
		"Παπαδόπουλος": {"Papadopoulos", "Papadopulos"},
		"Μπάμπης":      {"Bampis", "Babis"},
		"ჭავჭავაძე":    {"Chavchavadze"},
		"ყიფიანი":      {"Kipiani", "Qipiani"},
		"Խաչատրյան":    {"Khachatryan", "Khachatrian"},
		"Պետրոսեան":    {"Bedrosian", "Petrosean"},
		"김":            {"Kim", "Gim"},
		"박문수":          {"Pak Mun Su", "Park Moon-soo", "Bak Munsu"},
		"리영희":          {"Ri Yong Hui", "Lee Yeong-hui", "Rhee Younghee"},
		"최철":           {"Choe Chol", "Choi Cheol"},
		"たなか":          {"Tanaka"},
		"おおしま":         {"Oshima", "Ohshima", "Ooshima"},
		"シュウイチ":        {"Shuichi", "Syuiti", "Shuuichi"},
		"はっとり":         {"Hattori"},
		"สมชาย":        {"Somchai"},
		"สมศักดิ์":     {"Somsak"},
		"ฟิล์ม":        {"Film"}, // the silent letters of the original
		"แมชชีน":       {"Machine"},
		"วิชชา":        {"Witcha"},
		"ทีวีบี":       {"TVB"}, // the names of letters
		"엔에이치케이":       {"NHK"},
		"エヌティーティー":     {"NTT"},
		"សុខា":         {"Sokha"},
		"ភ្នំពេញ":      {"Phnom Penh"},
		"សីហនុ":        {"Sihanu"},
		"រតនា":         {"Rattana"},
		"मोहन":         {"Mohan"},
		"शर्मा":        {"Sharma"},
		"রহমান":        {"Rahman"},
		"ኃይለ":          {"Haile", "Hayle"},
		"አበበ":          {"Abebe"},
		// Scripts that leave vowels out.
		"محمد":    {"Mohammed", "Muhammad", "Mohamed", "Mehmed", "Mohamad"},
		"حسين":    {"Hussein", "Hossein", "Husayn", "Hussain", "Housseine"},
		"خالد":    {"Khalid", "Khaled", "Halid"},
		"غفار":    {"Ghaffar", "Gaffar"},
		"شريف":    {"Sharif", "Cherif", "Shareef"},
		"جمال":    {"Jamal", "Gamal", "Djamel"},
		"قاسم":    {"Qasim", "Kassem", "Ghasem", "Gassim"},
		"عثمان":   {"Uthman", "Osman", "Othman"},
		"رضوان":   {"Ridwan", "Rezvan", "Radhwan"},
		"ذو":      {"Dhu", "Zu"},
		"ظاهر":    {"Zahir", "Dhaher"},
		"فاطمة":   {"Fatima", "Fatimah", "Fatemeh"},
		"عبد":     {"Abd", "Abdul", "Abdel"},
		"يوسف":    {"Yusuf", "Youssef", "Yousif"},
		"علی":     {"Ali", "Aly"},
		"پژمان":   {"Pezhman", "Pejman"},
		"گلستان":  {"Golestan", "Gulistan"},
		"چنگیز":   {"Changiz", "Chengiz"},
		"الحسيني": {"al-Husseini", "Husayni", "El Housseini"},
		"שלמה":    {"Shlomo", "Shlomoh"},
		"יצחק":    {"Yitzhak", "Itzhak", "Yitzchak"},
		"אברהם":   {"Avraham", "Abraham"},
	} {
		w := Parse(word)
		for _, s := range spellings {
			require.LessOrEqual(t, w.Cost(s), 0.5, "%s as %s", word, s)
		}
	}
}

// Names that a reviewer would not take for one another cost an edit or more for every five letters.
func TestCostOfOtherNames(t *testing.T) {
	for word, others := range map[string][]string{
		"Юрий":     {"Igor", "Irina", "Yuliya"},
		"Иванов":   {"Petrov", "Ivanenko", "Romanov"},
		"محمد":     {"Mahmoud", "Ahmad", "Hamid", "Majid"},
		"حسين":     {"Hassan", "Ihsan", "Yasin"},
		"خالد":     {"Khalil", "Walid", "Hamid"},
		"علی":      {"Wali", "Alami", "Adil"},
		"김문수":      {"Kim Min Su", "Ri Mun Su", "Kim Mun Chol"},
		"たなか":      {"Nakata", "Tamaki"},
		"Γεώργιος": {"Gregorios", "Dimitrios"},
	} {
		w := Parse(word)
		for _, s := range others {
			require.GreaterOrEqual(t, w.Cost(s), 0.55, "%s as %s", word, s)
		}
	}
}

func TestLatinReadings(t *testing.T) {
	for word, first := range map[string]string{
		"Юрий": "yury", "Щукин": "shchukin", "ჭავჭავაძე": "chavchavadze", "خالد": "khalad", "たなか": "tanaka", "김": "kim", "Müller": "muller",
	} {
		require.Equal(t, first, Latin(word)[0], word)
	}
	require.Empty(t, Latin("王"))
	require.Empty(t, Latin("123"))
	require.Empty(t, Latin(""))
}

func TestOwnReadingsFit(t *testing.T) {
	words := []string{"Юрий", "Хрущёв", "Παπαδόπουλος", "ჭავჭავაძე", "Խաչատրյան", "박문수", "おおしま", "สมชาย", "ኃይለ", "شريف", "יצחק", "शर्मा", "Nguyễn"}
	for _, word := range words {
		w := Parse(word)
		readings := w.Latin()
		require.NotEmpty(t, readings, word)
		require.LessOrEqual(t, len(readings), maxReadings)
		keys := map[string]bool{}
		for _, r := range readings {
			require.LessOrEqual(t, w.Cost(r), 1.0, "%s as %s", word, r)
			require.False(t, keys[Key(r)], "%s: two readings have the key of %s", word, r)
			keys[Key(r)] = true
		}
	}
}

func TestTables(t *testing.T) {
	for name, table := range map[string]func() *table{
		"cyrillic": cyrillicTable, "greek": greekTable, "georgian": georgianTable, "armenian": armenianTable, "arabic": arabicTable,
		"hebrew": hebrewTable, "kana": kanaTable, "hangul": hangulTable, "thai": thaiTable, "latin": latinTable,
	} {
		require.NotEmpty(t, table().slots[anywhere], name)
		for _, slots := range table().slots {
			for key, s := range slots {
				require.NotEmpty(t, s.spellings, "%s %s", name, key)
				for _, x := range s.spellings {
					require.True(t, plain(x.text), "%s %s: %q is lower-case ASCII", name, key, x.text)
					require.LessOrEqual(t, x.cost, float32(1), "%s %s", name, key)
				}
			}
		}
	}
	require.Greater(t, len(slavicNames()), 200)
}

func TestCostProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("абвгдежзийклмнопрстуфхцчшщъыьэюя")), 1, 10, -1).Draw(t, "word")
		w := Parse(word)
		for _, r := range w.Latin() {
			require.Less(t, w.Cost(r), 3.0)
			require.Equal(t, w.Cost(r), w.Cost(strings.ToUpper(r)), "case does not count")
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		w := Parse(rapid.String().Draw(t, "word"))
		c := w.Cost(rapid.String().Draw(t, "latin"))
		require.False(t, math.IsNaN(c) || c < 0)
	})
}

func FuzzParse(f *testing.F) {
	f.Add("Юрий", "Yuri")
	f.Add("محمد", "mohamed")
	f.Add("เ์", "\xff")
	f.Add(strings.Repeat("щ", 500), strings.Repeat("shch", 500))
	f.Fuzz(func(t *testing.T, word, latin string) {
		w := Parse(word)
		require.LessOrEqual(t, len(w.Latin()), maxReadings)
		require.False(t, math.IsNaN(w.Cost(latin)))
		require.LessOrEqual(t, len(Skeletons(word)), maxSkeletons)
		Key(latin)
		Words(word)
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse("Сергеевич")
	}
}

func BenchmarkCost(b *testing.B) {
	w := Parse("محمود")
	b.ReportAllocs()
	for b.Loop() {
		w.Cost("mahmoud")
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Key("shcherbakova")
	}
}
