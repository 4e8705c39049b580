//! What is published: read as a browser would, compared as an archivist would.

use std::collections::BTreeMap;
use std::path::Path;

use super::place::{Place, python};

const HOSTILE: &str = "<script>alert(1)</script> </style></head><body> & \"x\" 'y'";

/// Every file below the folder, by its name with slashes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, below: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{below}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split(" href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

#[test]
fn what_is_published_needs_no_script_no_network_and_proves_itself() {
    let place = Place::new();
    let server = place.serve("a");
    place.convene(&server);
    place.done("CHAIR", &["version", "seal", "Rev.1"]);
    place.done("CHAIR", &["edit", "OP1", "--replace", "annually", HOSTILE]);
    place.done("CHAIR", &["version", "seal", "Rev.2 <b>&</b>"]);
    for who in ["AVR", "KSB"] {
        let words = ["propose", "OP1", "--text", "*Decides* to meet twice;"];
        place.done(who, &words);
    }
    let merge = ["merge", "p2", "--into", "p1", "--rationale", HOSTILE];
    place.done("CHAIR", &merge);
    place.done("CHAIR", &["incorporate", "p1"]);
    place.done("AVR", &["key", "new"]);
    place.done("AVR", &["key", "register"]);
    place.done("AVR", &["statement", HOSTILE]);
    place.done(
        "KSB",
        &[
            "statement",
            "[a](javascript:alert(1)) ![b](https://example.org/b.png)",
        ],
    );
    let said = place.done("AVR", &["publish", "site"]);
    assert!(said.contains("3 texts"), "{said}");
    place.fails("AVR", &["publish", "site"], 3, "folder-exists");
    server.stop().unwrap();

    let folder = place.path("AVR").join("site");
    let site = files(&folder);
    let mut pages = 0;
    for (name, bytes) in &site {
        let Ok(page) = std::str::from_utf8(bytes) else {
            continue;
        };
        if !name.ends_with(".html") {
            continue;
        }
        pages += 1;
        assert!(
            page.contains("http-equiv=\"Content-Security-Policy\""),
            "{name}"
        );
        for mark in [
            "<script",
            "<b>",
            "<img",
            "javascript:",
            " onerror",
            "@import",
            "url(",
        ] {
            let found = page.to_ascii_lowercase();
            let found = found.replace("javascript:alert(1)) ", "");
            assert!(!found.contains(mark), "{name} has {mark}");
        }
        for element in ["<html", "<head>", "<body>", "<title>", "</style>", "<main>"] {
            assert_eq!(page.matches(element).count(), 1, "{name}: {element}");
        }
        // All that is linked is there, and nothing elsewhere.
        let place = folder.join(name);
        for link in links(page) {
            let to = place
                .parent()
                .unwrap()
                .join(link.split('#').next().unwrap());
            assert!(to.is_file(), "{name} links to {link}");
        }
    }
    // Three texts, two redlines, the record, the proof, the first page.
    assert_eq!(pages, 8, "{:?}", site.keys());
    let text = |part: &str| {
        let all = site.iter().filter(|(name, _)| name.starts_with(part));
        let all: String = all
            .map(|(_, b)| String::from_utf8_lossy(b).into_owned())
            .collect();
        all
    };
    assert!(text("index").contains("Rev.2 &lt;b&gt;&amp;&lt;/b&gt;"));
    assert!(text("record/").contains("Signed by the delegation"));
    assert!(text("index").contains("p2 (KSB) into p1, the same words: merged."));
    let redline = text("redline/");
    // Whose hand it was: what the chair typed, and the sponsor of what was taken in.
    for by in ["(CHAIR)", "(AVR)"] {
        assert!(redline.contains(by), "{redline}");
    }
    assert!(
        redline.contains("<del>") && redline.contains("annually"),
        "{redline}"
    );

    // From the archive in it, without a server: the same, byte by byte.
    let name = site.keys().find(|n| n.ends_with(".plenary")).unwrap();
    let archive = folder.join(name);
    let file = archive.to_str().unwrap();
    place.done("stranger", &["publish", "again", "--from", file]);
    let again = files(&place.path("stranger").join("again"));
    assert_eq!(
        again.keys().collect::<Vec<_>>(),
        site.keys().collect::<Vec<_>>()
    );
    assert!(again == site, "the two sites differ");
    let key = text("proof/key.txt").trim().to_owned();
    place.done("stranger", &["verify", file, "--key", &key]);
    python(&archive, &key, true);

    // What was changed is not published.
    let mut bytes = std::fs::read(&archive).unwrap();
    // Within the log, which comes first.
    bytes[300] ^= 1;
    let bad = place.path("bad.plenary");
    std::fs::write(&bad, bytes).unwrap();
    let came = place.run(
        "stranger",
        &["publish", "bad", "--from", bad.to_str().unwrap()],
    );
    assert_eq!(came.exit, 8, "{}", came.err);
    assert!(!place.path("stranger").join("bad").exists());
}
