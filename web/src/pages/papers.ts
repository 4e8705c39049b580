import "../styles/base.css";
import "../styles/declaration.css";
import "../styles/rooms.css";
import type { Screen } from "../api/types.ts";
import { data, takeOver } from "../lib/mount.ts";
import PapersPage from "../parts/papers/PapersPage.svelte";

await takeOver(PapersPage, { screen: data<Screen>() }, "desk");
