// y-websocket's own server, in memory.
process.env.HOST = "127.0.0.1";
await import("./node_modules/y-websocket/bin/server.cjs");
