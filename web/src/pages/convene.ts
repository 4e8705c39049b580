import "../styles/base.css";
import "../styles/rooms.css";
import { takeOver } from "../lib/mount.ts";
import ConvenePage from "../parts/convene/ConvenePage.svelte";

await takeOver(ConvenePage, {}, "desk");
