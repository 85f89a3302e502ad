// A server component: it imports framereel on the server and uses what works there.
import { sortByName } from "framereel";
import { Clip } from "./clip";

export default function Page() {
  const names = sortByName([{ name: "frame10" }, { name: "frame9" }]).map(({ name }) => name);
  return (
    <main>
      <p id="server">{names.join(", ")}</p>
      <Clip />
    </main>
  );
}
