//! The pages of an archive in each language of its draft that they speak.

use std::collections::BTreeMap;
use std::io::Cursor;

use plenary_archive::{Bag, site};

use super::archive;

#[test]
fn the_pages_speak_the_languages_of_the_draft_and_lead_to_each_other() {
    let mut bag = Bag::open(Cursor::new(archive())).unwrap();
    let mut pages = BTreeMap::new();
    site(&mut bag, "it.plenary", |name, bytes| {
        pages.insert(name.to_owned(), String::from_utf8(bytes.to_vec()).unwrap());
        Ok(())
    })
    .unwrap();
    pages.insert("proof/it.plenary".into(), String::new());
    for (name, language, says) in [
        ("index.html", "en", "The published history of this text"),
        ("index.fr.html", "fr", "L’histoire publiée de ce texte"),
        ("record/0001.html", "en", "in full"),
        (
            "record/0001.fr.html",
            "fr",
            "Les phrases qui relatent les actes sont en anglais",
        ),
        ("proof/index.fr.html", "fr", "Ce que le serveur a signé"),
    ] {
        let page = pages
            .get(name)
            .unwrap_or_else(|| panic!("{name}: {:?}", pages.keys()));
        let begins = format!("<html lang=\"{language}\" dir=\"ltr\">");
        assert!(page.contains(&begins), "{name}: {page}");
        assert!(page.contains(says), "{name}: {page}");
        let other = if language == "fr" { "en" } else { "fr" };
        assert!(
            page.contains(&format!("hreflang=\"{other}\"")),
            "{name}: {page}"
        );
        // What is in English there is said to be, for who has it read aloud.
        if name.starts_with("record") {
            assert!(page.contains("lang=\"en\" dir=\"ltr\"><bdi>"), "{page}");
        }
        for link in page.split(" href=\"").skip(1) {
            let link = link.split('"').next().unwrap();
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let to = match link.strip_prefix("../") {
                Some(up) => up.to_owned(),
                None if folder.is_empty() => link.to_owned(),
                None => format!("{folder}/{link}"),
            };
            assert!(pages.contains_key(&to), "{name} links to {link}");
        }
    }
}
