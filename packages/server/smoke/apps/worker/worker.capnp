# What `wrangler dev` and Cloudflare do: a bundle without Node's modules, and bindings.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "gateway", worker = .gateway),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "gateway")],
);

const gateway :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.bundle.js")],
  compatibilityDate = "2026-07-01",
  bindings = [
    (name = "KIE_API_KEY", fromEnvironment = "KIE_API_KEY"),
    (name = "KIE_URL", fromEnvironment = "KIE_URL"),
    (name = "RESULT_HOSTS", fromEnvironment = "RESULT_HOSTS"),
  ],
);
