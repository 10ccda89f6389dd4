package record

import "context"

// Row is one record as a store keeps it.
type Row struct {
	Index int64
	// ID, Kind and Subject repeat what leaf and facts say, so that a store can find rows by them. A store
	// keeps them as given; Verify compares them. Subject is "" once the facts are erased.
	ID      string
	Kind    Kind
	Subject string
	Leaf    []byte
	// Parts are salt and data of facts, statement, body and personal; nil where there is none.
	Parts [PartCount][]byte
}

// Tile is a complete tile: the 256 hashes, 32 bytes each, of nodes Index*256 and following at tree level 8*Level.
type Tile struct {
	Level int
	Index int64
	Data  []byte
}

// Store is what a log needs of a database. icp/record/storetest holds the tests that every store must
// pass. Errors wrap [ErrLocked], [ErrFull], [ErrReadOnly], [ErrUncertain], [ErrSchema] or [ErrTampered]
// where one of them is what happened.
type Store interface {
	// View runs fn on one unchanging state of the store.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn as the only writer, of all processes that share the store, and commits what it wrote
	// durably: when Update returns nil it survives a crash. When fn or the commit fails nothing of it is kept,
	// unless the error wraps ErrUncertain.
	Update(ctx context.Context, fn func(Writer) error) error
	// Check looks for damage that no row shows: broken pages, indexes that disagree with their tables.
	Check(ctx context.Context) error
	// Purge removes from the storage's own files what Writer.Clear left behind in them.
	Purge(ctx context.Context) error
	Close() error
}

// Reader reads one state of a store. It is valid only during the call that it was given to, and is not to be
// called by the functions that it calls.
type Reader interface {
	// Head is the signed checkpoint of the last commit; nil in a new store.
	Head(ctx context.Context) ([]byte, error)
	// Rows calls fn for the rows with from <= index < to, in order, until fn fails. Rows may lack: Verify
	// looks for gaps.
	Rows(ctx context.Context, from, to int64, fn func(*Row) error) error
	// Pick calls fn for the rows of the indexes given, ascending, that are there; in order, until fn fails.
	Pick(ctx context.Context, indexes []int64, fn func(*Row) error) error
	// Find gives the indexes of the ids that are recorded.
	Find(ctx context.Context, ids []string) (map[string]int64, error)
	// BySubject and ByKind give indexes in ascending order, ByKind those from an index on.
	BySubject(ctx context.Context, subject string) ([]int64, error)
	ByKind(ctx context.Context, kind Kind, from int64) ([]int64, error)
	// Tile is the data of a complete tile, or nil where none is stored.
	Tile(ctx context.Context, level int, index int64) ([]byte, error)
	// Tiles calls fn for every tile stored, in order of level and index.
	Tiles(ctx context.Context, fn func(*Tile) error) error
}

// Writer writes within one transaction.
type Writer interface {
	Reader
	// Insert adds rows. Their memory is written to again when Update has returned.
	Insert(ctx context.Context, rows []*Row) error
	InsertTiles(ctx context.Context, tiles []*Tile) error
	SetHead(ctx context.Context, note []byte) error
	// Clear erases parts of a row, by their places in Row.Parts, and its subject where the facts are among them.
	Clear(ctx context.Context, index int64, parts []int) error
}
