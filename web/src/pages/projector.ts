import "../styles/base.css";
import "../styles/declaration.css";
import "../styles/rooms.css";
import "../styles/projector.css";
import type { Screen } from "../api/types.ts";
import { data, takeOver } from "../lib/mount.ts";
import ProjectorPage from "../parts/projector/ProjectorPage.svelte";

await takeOver(ProjectorPage, { screen: data<Screen>() }, "desk");
