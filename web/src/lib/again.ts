/** The token in what somebody has pasted: an invitation link, or only what stands at its end. */
export function tokenOf(link: string): string {
  return /token=([^&\s]+)/.exec(link)?.[1] ?? link.trim();
}

/** The words in what is kept, whether of an edit or of a reason. */
export function written(kept: string): string {
  try {
    const edit: unknown = JSON.parse(kept);
    if (edit && typeof edit === "object" && "text" in edit) return String(edit.text);
  } catch {
    // It is the words.
  }
  return kept;
}
