// Sends what a form holds to the portal; when the token is an old one, as after a log-in in another tab, with a new one.
const NOT_OURS = ["csrfmiddlewaretoken", "typist-id", "place-id"];

// `ask(extra, fields)` answers {status, answer}, or {trouble}: away, over (no log-in), other (somebody else's), large.
export function sending(form, url, person) {
  async function renew() {
    const answer = await fetch(url, { redirect: "manual" });
    if (!answer.ok) return "over";
    const now = await answer.json();
    if (String(now.person) !== person) return "other";
    for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = now.csrf;
    return "";
  }

  return async function ask(extra, fields, mayRenew = true) {
    const body = new URLSearchParams(fields);
    for (const name of NOT_OURS) body.append(name, form.elements.namedItem(name).value);
    for (const [name, value] of Object.entries(extra)) body.append(name, value);
    const keepalive = document.visibilityState === "hidden" && String(body).length < 60_000; // no browser takes more
    try {
      const response = await fetch(url, { method: "POST", body, redirect: "manual", keepalive });
      if ([200, 409].includes(response.status)) return { status: response.status, answer: await response.json() };
      if (response.status === 413) return { trouble: "large" };
      if (response.status !== 403 && response.type !== "opaqueredirect") return { trouble: "away" };
      const trouble = mayRenew ? await renew() : "over";
      return trouble ? { trouble } : ask(extra, fields, false);
    } catch {
      return { trouble: "away" };
    }
  };
}
