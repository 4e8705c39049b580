// Files from the server, with how much of them has come.

import { refused, unreachable } from "./errors.ts";

/** How much has come, of how much if the server has said. */
export interface Came {
  bytes: number;
  of?: number;
}

export interface File {
  name: string;
  bytes: Blob;
}

/** Fetches a file of the API; what has come is told as it comes. */
export async function fetchFile(path: string, tell: (came: Came) => void): Promise<File> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`);
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw await refused(response);
  const length = Number(response.headers.get("content-length"));
  // What is compressed on the way comes as more than it was said to be.
  const of = response.headers.has("content-encoding") || !length ? undefined : length;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) break;
      parts.push(next.value);
      bytes += next.value.length;
      tell(of ? { bytes, of } : { bytes });
    }
  } catch {
    throw unreachable();
  }
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  const said = response.headers.get("content-disposition") ?? "";
  const name = /filename="([^"]+)"/.exec(said)?.[1] ?? "text";
  return { name, bytes: new Blob(parts, { type }) };
}

/** Puts a file with the reader's downloads. */
export function saveFile({ name, bytes }: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
