//! How the pages look: by day, by night, on paper; and what a browser may load for them, which is nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::Digest as _;

/// All that any of the pages needs, those of the exports too.
pub(super) const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#111;--paper:#fff;--line:#767676;--link:#0b3d91;--went:#8b0000;--came:#00490a}\
@media (prefers-color-scheme:dark){:root{--ink:#eee;--paper:#161616;--line:#8a8a8a;--link:#9cc0ff;--went:#ff9d95;--came:#8fdc9b}}\
body{font:1.1rem/1.6 serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--paper)}\
a{color:var(--link)}nav{font-size:.9rem;margin-block-end:1.5rem}nav a,nav span{margin-inline-end:1rem}\
nav a{display:inline-block;min-width:1.7rem;line-height:1.7rem}\
h1,h2,h3,h4,h5,h6{line-height:1.25}table{border-collapse:collapse;width:100%}\
th,td{text-align:start;vertical-align:top;padding:.2rem .6rem;border-bottom:1px solid var(--line)}\
code,pre{font-size:.85rem;overflow-wrap:anywhere;white-space:pre-wrap}pre{border-inline-start:.2rem solid var(--line);\
padding-inline-start:.8rem}.act{margin:0 0 1.2rem;border-bottom:1px solid var(--line)}.act p{margin:.2rem 0}\
.note{font-size:.9rem}.number{font-variant-numeric:tabular-nums}.status{font-weight:bold}\
.level-2{margin-inline-start:2rem}.level-3{margin-inline-start:4rem}.level-4{margin-inline-start:6rem}\
.other{margin-inline-start:1.5rem;border-inline-start:.2rem solid var(--line);padding-inline-start:.8rem}\
.deleted{text-decoration:line-through}footer{margin-top:3rem;font-size:.9rem}\
del{color:var(--went);text-decoration:line-through}ins{color:var(--came);text-decoration:underline}\
.elsewhere{color:var(--link);text-decoration-style:double}.label{display:block;font-size:.85rem}.news .label{font-weight:bold}\
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
@media print{nav{display:none}body{max-width:none;margin:0;color:#000;background:#fff}.act,p{break-inside:avoid}}";

/// What a page may load: this very style, and nothing else from anywhere.
pub(super) fn policy() -> String {
    let hash = BASE64.encode(sha2::Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}
