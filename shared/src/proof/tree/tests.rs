use proptest::prelude::*;

use super::*;
use crate::entry::Entry;

/// The leaves of the test tree of Certificate Transparency (github.com/google/certificate-transparency,
/// `cpp/merkletree/merkle_tree_test.cc`; the same in `transparency-dev/merkle`), and the root after each.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn leaves() -> Vec<Hash> {
    let leaf = |h: &&str| Entry::hash_of(&hex::decode(h).unwrap());
    LEAVES.iter().map(leaf).collect()
}

/// The hash of a perfect subtree, by its definition.
fn hash(node: Node, leaves: &[Hash]) -> Hash {
    if node.level == 0 {
        return leaves[usize::try_from(node.index).unwrap()];
    }
    let half = |n| Node {
        level: node.level - 1,
        index: node.index * 2 + n,
    };
    node_hash(hash(half(0), leaves), hash(half(1), leaves))
}

fn made(path: &[Vec<Node>], leaves: &[Hash]) -> Vec<Hash> {
    let stretch = |s: &Vec<Node>| fold(&s.iter().map(|n| hash(*n, leaves)).collect::<Vec<_>>());
    path.iter().map(stretch).collect()
}

fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    leaves.iter().for_each(|l| frontier.push(*l));
    frontier.root()
}

#[test]
fn roots_are_those_that_certificate_transparency_publishes() {
    let mut frontier = Frontier::default();
    assert_eq!(frontier.root().to_string(), EMPTY);
    for (leaf, root) in leaves().into_iter().zip(ROOTS) {
        frontier.push(leaf);
        assert_eq!(frontier.root().to_string(), root);
    }
}

#[track_caller]
fn path(found: Option<Vec<Vec<Node>>>, expected: &[&str]) {
    let found: Vec<_> = made(&found.unwrap(), &leaves())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, expected);
}

/// Expected values from the same test.
#[test]
fn proofs_are_those_that_certificate_transparency_publishes() {
    path(inclusion(0, 1), &[]);
    path(
        inclusion(0, 8),
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    );
    path(
        inclusion(5, 8),
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    );
    path(
        inclusion(2, 3),
        &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    );
    path(consistency(1, 1), &[]);
    path(
        consistency(1, 8),
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    );
    path(
        consistency(6, 8),
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    );
    path(
        consistency(2, 5),
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    );
}

/// All of them up to a size where every shape has occurred.
#[test]
fn every_proof_of_every_small_tree_verifies_and_of_no_other_leaf_or_size() {
    let leaves: Vec<Hash> = (0..40u8).map(|n| Entry::hash_of(&[n])).collect();
    for size in 1..=leaves.len() {
        let (whole, n) = (root(&leaves[..size]), size as u64);
        for index in 0..size {
            let proof = made(&inclusion(index as u64, n).unwrap(), &leaves);
            assert!(included(leaves[index], index as u64, n, &proof, whole));
            for other in (0..size).filter(|o| *o != index) {
                assert!(!included(leaves[index], other as u64, n, &proof, whole));
            }
            assert!(!included(
                leaves[(index + 1) % 40],
                index as u64,
                n,
                &proof,
                whole
            ));
        }
        for old in 0..=size {
            let proof = made(&consistency(old as u64, n).unwrap(), &leaves);
            let before = root(&leaves[..old]);
            assert!(
                is_consistent(old as u64, before, n, whole, &proof),
                "{old} {size}"
            );
            let other = Entry::hash_of(b"another history");
            assert!(!is_consistent(old as u64, other, n, whole, &proof));
        }
    }
    assert_eq!(inclusion(3, 3), None);
    assert_eq!(consistency(4, 3), None);
}

fn flipped(hash: Hash, bit: usize) -> Hash {
    let mut bytes = hash.0;
    bytes[bit / 8 % 32] ^= 1 << (bit % 8);
    Hash(bytes)
}

proptest! {
    #[test]
    fn a_flipped_bit_anywhere_is_noticed(size in 2..300u64, at in any::<prop::sample::Index>(), old in any::<prop::sample::Index>(), bit in 0..256usize) {
        let leaves: Vec<Hash> = (0..size).map(|n| Entry::hash_of(&n.to_be_bytes())).collect();
        let (whole, index) = (root(&leaves), at.index(leaves.len()));
        let leaf = leaves[index];
        let proof = made(&inclusion(index as u64, size).unwrap(), &leaves);
        let holds = |leaf, proof: &[Hash], root| included(leaf, index as u64, size, proof, root);
        prop_assert!(holds(leaf, &proof, whole));
        prop_assert!(!holds(flipped(leaf, bit), &proof, whole));
        prop_assert!(!holds(leaf, &proof, flipped(whole, bit)));
        for n in 0..proof.len() {
            let mut bad = proof.clone();
            bad[n] = flipped(bad[n], bit);
            prop_assert!(!holds(leaf, &bad, whole));
            bad.remove(n);
            prop_assert!(!holds(leaf, &bad, whole));
        }
        let mut longer = proof.clone();
        longer.push(leaf);
        prop_assert!(!holds(leaf, &longer, whole));

        let old = old.index(leaves.len()) + 1;
        let before = root(&leaves[..old]);
        let proof = made(&consistency(old as u64, size).unwrap(), &leaves);
        let holds = |before, proof: &[Hash], root| is_consistent(old as u64, before, size, root, proof);
        prop_assert!(holds(before, &proof, whole));
        prop_assert!(!holds(flipped(before, bit), &proof, whole));
        prop_assert!(!holds(before, &proof, flipped(whole, bit)));
        for n in 0..proof.len() {
            let mut bad = proof.clone();
            bad[n] = flipped(bad[n], bit);
            prop_assert!(!holds(before, &bad, whole));
        }
    }

    #[test]
    fn no_claim_whatever_makes_a_verifier_panic(index in any::<u64>(), size in any::<u64>(), old in any::<u64>(), length in 0..70usize) {
        let any = Entry::hash_of(b"any");
        let proof = vec![any; length];
        let _ = included(any, index, size, &proof, any);
        let _ = is_consistent(old, any, size, any, &proof);
    }
}
