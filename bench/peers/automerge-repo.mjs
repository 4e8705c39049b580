// automerge-repo as a server, in memory.
import { Repo } from "@automerge/automerge-repo";
import { NodeWSServerAdapter } from "@automerge/automerge-repo-network-websocket";
import { WebSocketServer } from "ws";

const socket = new WebSocketServer({ port: Number(process.env.PORT), host: "127.0.0.1" });
new Repo({
  network: [new NodeWSServerAdapter(socket)],
  peerId: "server",
  sharePolicy: async () => false,
});
