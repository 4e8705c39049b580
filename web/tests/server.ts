import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { temporary } from "./browser.ts";

const root = new URL("../../", import.meta.url).pathname;
const program =
  process.env.PLENARY_SERVER ??
  `${process.env.CARGO_TARGET_DIR ?? `${root}target`}/debug/plenary-server`;

/** Who has a seat in the demonstration. */
export type Seat =
  | "secretariat"
  | "chair-facilitator"
  | "avr-delegate"
  | "nrm-delegate"
  | "obs-acad-observer"
  | "archive-archivist";

/** The real program on a port of its own, with the demonstration's draft, in a directory that goes when it ends. */
export class Server {
  #process: ChildProcess | undefined;
  #draft: Promise<string> | undefined;
  readonly #data = temporary("server");
  #said = "";

  private constructor(readonly port: number) {}

  static async start(): Promise<Server> {
    const server = new Server(await freePort());
    await server.run();
    return server;
  }

  /** Starts, or starts again: with the data that is there, on the same port. */
  async run(): Promise<void> {
    const seed = ["--seed", "examples/declaration-ai-governance.md"];
    const roster = ["--roster", "examples/roster.toml"];
    const place = ["--data", this.#data, "--listen", `127.0.0.1:${this.port}`];
    const child = spawn(program, [...place, ...seed, ...roster], {
      cwd: root,
      env: { ...process.env, RUST_LOG: "warn" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    let said = "";
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (bytes) => {
        said += String(bytes);
        if (said.includes("Plenary listens on")) resolve();
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
    });
    this.#said += said;
  }

  /** The link that takes a seat, as `make run` prints it. */
  link(seat: Seat): string {
    const line =
      seat === "secretariat"
        ? /plenary login '(http\S+)'\n/
        : new RegExp(`^ +${seat} +(http\\S+)$`, "m");
    const link = line.exec(this.#said)?.[1];
    if (!link) throw new Error(`the server has printed no link for ${seat}:\n${this.#said}`);
    return link;
  }

  token(seat: Seat): string {
    return this.link(seat).split("#token=")[1] ?? "";
  }

  /** Asks the API with the token of a seat. */
  async ask<T>(
    seat: Seat,
    path: string,
    body?: unknown,
    method = body ? "POST" : "GET",
  ): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token(seat)}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** The demonstration's draft: the only one when this is asked first. Papers and drafts that come later are listed in any order. */
  async draft(): Promise<string> {
    this.#draft ??= this.ask<{ items: { id: string }[] }>("avr-delegate", "/drafts").then(
      ({ items }) => items[0]?.id ?? "",
    );
    return this.#draft;
  }

  /** Submits an act. */
  async act(seat: Seat, act: unknown): Promise<void> {
    await this.ask(seat, `/drafts/${await this.draft()}/acts`, act);
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.removeAllListeners("error");
    child.kill("SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
