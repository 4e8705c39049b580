import "../styles/base.css";
import "../styles/declaration.css";
import "../styles/rooms.css";
import type { Screen } from "../api/types.ts";
import { data, takeOver } from "../lib/mount.ts";
import RulePage from "../parts/rule/RulePage.svelte";

await takeOver(RulePage, { screen: data<Screen>() }, "desk");
