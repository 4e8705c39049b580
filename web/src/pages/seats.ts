import "../styles/base.css";
import "../styles/declaration.css";
import "../styles/rooms.css";
import type { Screen } from "../api/types.ts";
import { data, takeOver } from "../lib/mount.ts";
import SeatsPage from "../parts/seats/SeatsPage.svelte";

await takeOver(SeatsPage, { screen: data<Screen>() }, "desk");
