// Checks a proof log of Tongzhang with public libraries that share no code with it: Tessera's fsck rebuilds every hash of the static
// log and compares each tile, formats/log and x/mod's note check the signatures, merkle/proof and x/mod's tlog the proofs.
//
// Reads a JSON request from standard input, prints one line per thing checked, and ends with 1 at the first that does not hold.
package main

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Entry string   `json:"entry"` // hex
	Index uint64   `json:"index"`
	Size  uint64   `json:"size"`
	Root  string   `json:"root"` // base 64, as are the hashes of the proof
	Proof []string `json:"proof"`
}

type consistency struct {
	From     uint64   `json:"from"`
	To       uint64   `json:"to"`
	RootFrom string   `json:"rootFrom"`
	RootTo   string   `json:"rootTo"`
	Proof    []string `json:"proof"`
}

type request struct {
	Folder        string        `json:"folder"`
	Log           string        `json:"log"`       // verifier key
	Witnesses     []string      `json:"witnesses"` // verifier keys, every one of which must have signed checkpoint.witnessed
	Inclusions    []inclusion   `json:"inclusions"`
	Consistencies []consistency `json:"consistencies"`
}

func fail(what string, err error) {
	fmt.Printf("FAILED %s: %v\n", what, err)
	os.Exit(1)
}

func must[T any](value T, err error) T {
	if err != nil {
		fail("request", err)
	}
	return value
}

func hashes(texts []string) (list [][]byte, record []tlog.Hash) {
	for _, text := range texts {
		h := must(base64.StdEncoding.DecodeString(text))
		list = append(list, h)
		record = append(record, tlog.Hash(h))
	}
	return
}

func leafHashes(bundle []byte) ([][]byte, error) {
	parsed := api.EntryBundle{}
	if err := parsed.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	var leaves [][]byte
	for _, entry := range parsed.Entries {
		leaves = append(leaves, rfc6962.DefaultHasher.HashLeaf(entry))
	}
	return leaves, nil
}

func checkFolder(r request) {
	verifier := must(note.NewVerifier(r.Log))
	// A worker ends at the first tile that differs; without workers left Check would wait for ever.
	checker := fsck.New(verifier.Name(), verifier, client.FileFetcher{Root: r.Folder}, leafHashes, fsck.Opts{N: 64})
	checked := make(chan error, 1)
	go func() { checked <- checker.Check(context.Background()) }()
	select {
	case err := <-checked:
		if err != nil {
			fail("fsck", err)
		}
	case <-time.After(time.Minute):
		fail("fsck", fmt.Errorf("no answer: more tiles differ than there are workers"))
	}
	fmt.Println("ok fsck")
	if len(r.Witnesses) == 0 {
		return
	}
	var witnesses []note.Verifier
	for _, key := range r.Witnesses {
		witnesses = append(witnesses, must(fnote.NewVerifierForCosignatureV1(key)))
	}
	text := must(os.ReadFile(filepath.Join(r.Folder, "checkpoint.witnessed")))
	checkpoint, _, signed, err := log.ParseCheckpoint(text, verifier.Name(), verifier, witnesses...)
	if err != nil {
		fail("checkpoint.witnessed", err)
	}
	if len(signed.Sigs) != 1+len(witnesses) {
		fail("checkpoint.witnessed", fmt.Errorf("%d of %d signatures hold", len(signed.Sigs), 1+len(witnesses)))
	}
	fmt.Printf("ok checkpoint.witnessed %d\n", checkpoint.Size)
}

func checkInclusion(p inclusion) {
	entry, root := must(hex.DecodeString(p.Entry)), must(base64.StdEncoding.DecodeString(p.Root))
	list, record := hashes(p.Proof)
	leaf := rfc6962.DefaultHasher.HashLeaf(entry)
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, p.Index, p.Size, leaf, list, root); err != nil {
		fail(fmt.Sprintf("inclusion %d", p.Index), err)
	}
	if err := tlog.CheckRecord(record, int64(p.Size), tlog.Hash(root), int64(p.Index), tlog.RecordHash(entry)); err != nil {
		fail(fmt.Sprintf("inclusion %d", p.Index), err)
	}
	fmt.Printf("ok inclusion %d in %d\n", p.Index, p.Size)
}

func checkConsistency(p consistency) {
	from, to := must(base64.StdEncoding.DecodeString(p.RootFrom)), must(base64.StdEncoding.DecodeString(p.RootTo))
	list, tree := hashes(p.Proof)
	if err := proof.VerifyConsistency(rfc6962.DefaultHasher, p.From, p.To, list, from, to); err != nil {
		fail(fmt.Sprintf("consistency %d", p.From), err)
	}
	if err := tlog.CheckTree(tree, int64(p.To), tlog.Hash(to), int64(p.From), tlog.Hash(from)); err != nil {
		fail(fmt.Sprintf("consistency %d", p.From), err)
	}
	fmt.Printf("ok consistency %d to %d\n", p.From, p.To)
}

func main() {
	var r request
	if err := json.NewDecoder(os.Stdin).Decode(&r); err != nil {
		fail("request", err)
	}
	checkFolder(r)
	for _, p := range r.Inclusions {
		checkInclusion(p)
	}
	for _, p := range r.Consistencies {
		checkConsistency(p)
	}
}
