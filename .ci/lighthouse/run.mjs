// Lighthouse on the addresses given, as a phone: prints each page's scores and what cost points.
// Exit code 1 when a page is below a threshold. CHROME_PATH names the browser; nothing but the pages is fetched.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const LEAST = { performance: 95, accessibility: 98, "best-practices": 98, seo: 98 };
const ENOUGH = 2; // rounds of the performance on one side of the threshold: so is the median of three
const TRIES = 5; // a busy machine now and then loses the beginning of a trace
const QUIETLY = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function measure(url, categories, tries = TRIES) {
  const chrome = await launch({ chromeFlags: QUIETLY, logLevel: "silent" });
  try {
    const options = { port: chrome.port, onlyCategories: categories, formFactor: "mobile", logLevel: "silent" };
    const { lhr } = await lighthouse(url, options);
    if (!lhr.runtimeError) return lhr;
    if (tries === 1) throw new Error(lhr.runtimeError.message);
  } finally {
    await chrome.kill();
  }
  return measure(url, categories, tries - 1);
}

const percent = (category) => Math.round(100 * (category?.score ?? 0));
const middle = (values) => [...values].sort((one, other) => one - other)[Math.floor((values.length - 1) / 2)];
const isSettled = (scores) => {
  const good = scores.filter((score) => score >= LEAST.performance).length;
  return good >= ENOUGH || scores.length - good >= ENOUGH;
};

function lost(lhr) {
  const found = [];
  for (const { id, auditRefs } of Object.values(lhr.categories))
    for (const { id: name, weight } of auditRefs) {
      const { score, title, displayValue } = lhr.audits[name];
      if (weight && score !== null && score < 0.9) found.push(`${id}: ${title} ${displayValue ?? ""} (${name})`);
    }
  return found;
}

let under = false;
for (const url of process.argv.slice(2)) {
  const whole = await measure(url, Object.keys(LEAST));
  const scores = Object.fromEntries(Object.keys(LEAST).map((name) => [name, percent(whole.categories[name])]));
  const rounds = [scores.performance];
  while (!isSettled(rounds)) rounds.push(percent((await measure(url, ["performance"])).categories.performance));
  scores.performance = middle(rounds);
  const short = Object.keys(LEAST).filter((name) => scores[name] < LEAST[name]);
  const told = Object.entries(scores).map(([name, score]) => `${name} ${score}`);
  const paint = whole.audits["largest-contentful-paint"].displayValue;
  console.log(`${short.length ? "NOT GOOD" : "good    "}  ${new URL(url).pathname}`);
  console.log(`          ${told.join(", ")} (performance of ${rounds.join(", ")}; largest paint ${paint})`);
  for (const line of lost(whole)) console.log(`          - ${line}`);
  under ||= short.length > 0;
}
process.exitCode = under ? 1 : 0;
