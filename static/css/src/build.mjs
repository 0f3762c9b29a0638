// Builds ../{portal,staff,learning,figures,admin}.{ltr,rtl}.css: Sass, then rtlcss, then minified; says what each weighs.
import { Buffer } from "node:buffer";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { transform } from "lightningcss";
import rtlcss from "rtlcss";
import { compile } from "sass";

const BUDGET = { portal: 13_000 };
const BOOTSTRAP_IS_STILL_WRITTEN_SO = ["import", "global-builtin", "color-functions"];
const OVER = [];

function minified(css, filename) {
  const { code } = transform({ filename, code: Buffer.from(css), minify: true });
  return code;
}

function write(name, css) {
  const code = minified(css, name);
  writeFileSync(`../${name}`, Buffer.concat([code, Buffer.from("\n")]));
  const weight = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  console.log(`${name.padEnd(16)} ${code.length} bytes, ${weight} compressed`);
  if (weight > (BUDGET[name.split(".")[0]] ?? Infinity)) OVER.push(name);
}

for (const sheet of ["portal", "staff", "learning", "figures", "admin"]) {
  const { css } = compile(`${sheet}.scss`, {
    loadPaths: ["node_modules"],
    quietDeps: true,
    silenceDeprecations: BOOTSTRAP_IS_STILL_WRITTEN_SO,
  });
  write(`${sheet}.ltr.css`, css);
  write(`${sheet}.rtl.css`, rtlcss.process(css));
}

copyFileSync("node_modules/bootstrap/LICENSE", "../bootstrap.LICENSE.txt");
if (OVER.length) {
  console.error(`Over the budget: ${OVER.join(", ")}`);
  process.exitCode = 1;
}
