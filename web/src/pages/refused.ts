// A page that only says no: its style, and nothing to run.
import "../styles/base.css";
import "../styles/plain.css";
