import "../styles/base.css";
import "../styles/declaration.css";
import type { Screen } from "../api/types.ts";
import { data, takeOver } from "../lib/mount.ts";
import DraftPage from "../parts/DraftPage.svelte";

await takeOver(DraftPage, { screen: data<Screen>() }, "first");
