//! A first text from Markdown.
