import "../styles/base.css";
import "../styles/declaration.css";
import "../styles/rooms.css";
import type { Screen } from "../api/types.ts";
import { data, takeOver } from "../lib/mount.ts";
import MatrixPage from "../parts/matrix/MatrixPage.svelte";

await takeOver(MatrixPage, { screen: data<Screen>() }, "desk");
