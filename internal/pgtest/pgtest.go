//go:build unix

// Package pgtest gives tests a PostgreSQL server: the one that ORDERGATE_TEST_POSTGRES names by a connection
// string, or a cluster of its own on a loopback port, from the operating system's package. Without either a
// test is skipped, unless ORDERGATE_REQUIRE_POSTGRES is 1.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a server that tests may use, and kill where it is their own.
type Server struct {
	// Conn is the connection string.
	Conn string

	bin, dir string
	port     int

	process *os.Process   // nil for the server of ORDERGATE_TEST_POSTGRES
	ended   chan struct{} // closed when it has ended
	why     error         // set before that
}

// ErrAbsent is given where there is no server and none can be started.
var ErrAbsent = errors.New("PostgreSQL is not installed and ORDERGATE_TEST_POSTGRES names no server")

// Start gives a server. Stop must be called at the end.
func Start() (*Server, error) {
	if conn := os.Getenv("ORDERGATE_TEST_POSTGRES"); conn != "" {
		return &Server{Conn: conn}, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return nil, ErrAbsent
	}
	slices.Sort(found)
	s := &Server{bin: filepath.Dir(found[len(found)-1])}
	if s.dir, err = os.MkdirTemp("", "ordergate-pg-"); err != nil {
		return nil, err
	}
	if err := s.begin(); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// Skip ends the test that has no server: as skipped, or as failed where one is required.
func Skip(t testing.TB, err error) {
	if errors.Is(err, ErrAbsent) && os.Getenv("ORDERGATE_REQUIRE_POSTGRES") != "1" {
		t.Skip(err)
	}
	t.Fatal(err)
}

// Own reports whether the server is the tests' own and may be killed.
func (s *Server) Own() bool { return s.dir != "" }

func (s *Server) begin() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return err
	}
	s.Conn = fmt.Sprintf("postgres://ordergate@127.0.0.1:%d/postgres?sslmode=disable&connect_timeout=5", s.port)
	if os.Getuid() == 0 { // the server refuses to run as root
		uid, gid, err := serverUser()
		if err != nil {
			return err
		}
		if err := os.Chown(s.dir, uid, gid); err != nil {
			return err
		}
	}
	cmd, err := s.command("initdb", "-D", s.data(), "-U", "ordergate", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return s.Restart()
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func serverUser() (uid, gid int, err error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		return 0, 0, err
	}
	uid, err = strconv.Atoi(u.Uid)
	if err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}

// command is a program of the server's, run as its own user where this is root.
func (s *Server) command(name string, args ...string) (*exec.Cmd, error) {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC", "PATH=/usr/bin:/bin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		uid, gid, err := serverUser()
		if err != nil {
			return nil, err
		}
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	return cmd, nil
}

// Restart starts the server, after Kill too, and waits until it answers.
func (s *Server) Restart() error {
	deadline := time.Now().Add(60 * time.Second)
	for {
		err := s.start()
		if err == nil {
			err = s.answers(deadline)
		}
		if err == nil || time.Now().After(deadline) {
			return err
		}
		// Processes of the killed server may still hold its shared memory.
		time.Sleep(50 * time.Millisecond)
	}
}

func (s *Server) start() error {
	cmd, err := s.command("postgres", "-D", s.data(), "-p", fmt.Sprint(s.port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=", "-c", "restart_after_crash=off", "-c", "max_connections=50", "-c", "shared_buffers=64MB")
	if err != nil {
		return err
	}
	var output bytes.Buffer
	cmd.Stderr = &output
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	s.process, s.ended = cmd.Process, ended
	go func() {
		err := cmd.Wait()
		s.why = fmt.Errorf("the server ended: %w: %s", err, output.Bytes())
		close(ended)
	}()
	return nil
}

// answers waits for the server to accept connections, or to end.
func (s *Server) answers(deadline time.Time) error {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		conn, err := pgx.Connect(ctx, s.Conn)
		if err == nil {
			err = conn.Close(ctx)
		}
		cancel()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		select {
		case <-s.ended:
			return s.why
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Kill kills all working processes of the server without warning. The one that started them buries them and
// then ends too, as it is told not to begin again by itself.
func (s *Server) Kill() error {
	pid := s.process.Pid
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return err
	}
	for _, c := range strings.Fields(string(children)) {
		child, err := strconv.Atoi(c)
		if err != nil {
			return err
		}
		if err := syscall.Kill(child, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			return err
		}
	}
	<-s.ended
	return nil
}

// Tablespace makes a tablespace on a file system of a size of its own, and takes both away after the test. Without
// the right to mount one the test is skipped. Grow gives the file system another size.
func (s *Server) Tablespace(t testing.TB, name, size string) (grow func(size string) error) {
	dir := filepath.Join(s.dir, name)
	space := filepath.Join(dir, "space") // PostgreSQL wants no mount point
	mount := func(args ...string) error { return exec.Command("mount", append(args, dir)...).Run() }
	sql := func(statement string) error {
		conn, err := pgx.Connect(context.Background(), s.Conn)
		if err != nil {
			return err
		}
		_, err = conn.Exec(context.Background(), statement)
		return errors.Join(err, conn.Close(context.Background()))
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := mount("-t", "tmpfs", "-o", "size="+size, "tmpfs"); err != nil {
		t.Skipf("needs a file system of its own, and so the right to mount one: %v", err)
	}
	t.Cleanup(func() {
		if err := errors.Join(sql("DROP TABLESPACE "+name), exec.Command("umount", dir).Run()); err != nil {
			t.Error(err)
		}
	})
	uid, gid, err := serverUser()
	if err == nil {
		err = errors.Join(os.Mkdir(space, 0o700), os.Chown(space, uid, gid))
	}
	if err == nil {
		err = sql(fmt.Sprintf("CREATE TABLESPACE %s LOCATION '%s'", name, space))
	}
	if err != nil {
		t.Fatal(err)
	}
	return func(size string) error { return mount("-o", "remount,size="+size) }
}

// Dump is the schema as the SQL that makes it again.
func (s *Server) Dump(schema string) ([]byte, error) {
	cmd, err := s.command("pg_dump", "--schema="+schema, "--inserts", "--no-owner", s.Conn)
	if err != nil {
		return nil, err
	}
	return cmd.Output()
}

// Stop ends the server and removes its files.
func (s *Server) Stop() error {
	if !s.Own() {
		return nil
	}
	if s.process != nil {
		s.process.Signal(syscall.SIGINT) // fast shutdown
		<-s.ended
	}
	return os.RemoveAll(s.dir)
}
