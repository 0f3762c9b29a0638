"""A script and the modules that it imports are served by their content, so a browser never mixes two versions."""

from pathlib import Path

from portal.static_storage import HashedStaticFiles


def test_a_script_imports_modules_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import { one } from "./part.js";\none();\n')
    (tmp_path / "part.js").write_text("export const one = () => 1;\n")
    storage = HashedStaticFiles(location=tmp_path, base_url="/static/", manifest_storage=None)
    names = {name: (storage, name) for name in ("main.js", "part.js")}
    hashed = {name: new for name, new, _done in storage.post_process(names) if name in names}
    assert hashed["part.js"] != "part.js"
    assert f'from "./{hashed["part.js"]}"' in (tmp_path / hashed["main.js"]).read_text()
