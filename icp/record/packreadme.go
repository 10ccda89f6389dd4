package record

import "fmt"

// readme is the text that tells the reader of a pack what it is and how to check it, in English and Chinese.
func readme(origin, verifier string, records int64) string {
	return fmt.Sprintf(`# Audit pack of %[1]s

This file holds %[3]d records of an export compliance log, each with a proof that it is in the log, the log's
signed checkpoint, and the files that explain the records (folder files/).

本文件含出口合规日志中的 %[3]d 条记录、每条记录的存在证明、经签名的日志检查点，以及说明记录的附件（files/ 目录）。

## Check it · 验证

Get the log's public key from the exporter by another way than this file, and compare. It should be:
请通过本文件以外的途径向出口商取得日志公钥并核对，应为：

    %[2]s

Then, with the source of github.com/ordergate/ordergate and Go · 然后使用源代码和 Go：

    go run ./examples/auditlog verify -key "%[2]s" PACK.zip

It needs neither the exporter nor the network. It checks: the manifest's signature and the digest of every file;
the checkpoint's signature; that each record's leaf is in the tree of the checkpoint; that each part of a record is
what its leaf commits to; that earlier checkpoints lead to this one; and, where the pack has the tree, that all its
tiles and leaves give the signed root.
验证无需出口商参与，也无需联网：核对清单签名与各文件摘要、检查点签名、每条记录在树中的位置、记录各部分与其承诺值、
早期检查点与本检查点的一致性；若含树文件，则核对全部哈希块与叶子。

## What is in it · 内容

- manifest, manifest.note: SHA-256 of every file, signed · 各文件摘要及签名
- checkpoint: size and root hash of the log, signed (C2SP tlog-checkpoint) · 日志检查点
- checkpoints/: earlier ones with consistency proofs · 早期检查点及一致性证明
- records.jsonl: one record a line: index, leaf, parts with their salts, inclusion proof · 每行一条记录
- tile/: the tree (C2SP tlog-tiles), where included · 哈希树（如包含）
- files/: snapshots, rules, programme · 名单快照、规则、合规制度

A part that the leaf names and the record lacks was left out of this pack (personal data) or erased after its term
of retention; a record of kind deletion says which. A pack proves that what it holds is in the log. It does not prove
that nothing else is.
叶子列出而记录缺少的部分，是未收入本文件的个人数据，或保存期满后已删除的内容（见 deletion 类记录）。
本文件证明所含记录存在于日志，不证明日志中没有其他记录。
`, origin, verifier, records)
}
