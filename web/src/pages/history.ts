import "../styles/base.css";
import "../styles/declaration.css";
import "../styles/rooms.css";
import type { Screen } from "../api/types.ts";
import { data, takeOver } from "../lib/mount.ts";
import HistoryPage from "../parts/history/HistoryPage.svelte";

await takeOver(HistoryPage, { screen: data<Screen>() }, "desk");
