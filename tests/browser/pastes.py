"""What programs put on the clipboard, and the Markdown that it should become."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml>
<![endif]--><style><!-- p.MsoNormal {margin:0cm; mso-style-unhide:no} --></style></head>
<body lang=EN-US style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->
<p class=MsoTitle>Burns<o:p></o:p></p>
<h1>Cool the<span style='mso-spacerun:yes'>  </span>burn<o:p></o:p></h1>
<p class=MsoNormal>Hold it under <b style='mso-bidi-font-weight:normal'>cool&nbsp;running water</b> for <i>20
minutes</i>.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>Deeper<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Second<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>3.<span>&nbsp; </span></span><![endif]>Third step</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>4.<span>&nbsp; </span></span><![endif]>Fourth step</p>
<h3>Later<a style='mso-comment-reference:A_1'></a><span class=MsoCommentReference>[A1]</span></h3>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Age</b></p></td><td><p class=MsoNormal><b>Rate</b></p>
</td></tr><tr><td><p class=MsoNormal>Baby</p></td><td><p class=MsoNormal>100|120</p></td></tr></table>
<div style='mso-element:comment-list'><p>A comment</p></div>
<!--EndFragment--></body></html>"""
WORD_MARKDOWN = """## Burns

## Cool the burn

Hold it under **cool running water** for *20 minutes*.

- First
  - Deeper
- Second

3. Third step
4. Fourth step

### Later

| Age | Rate |
| --- | --- |
| Baby | 100\\|120 |"""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr">
<span style="font-size:16pt;font-weight:400;white-space:pre-wrap;">Stop it</span></h2><p dir="ltr">
<span style="font-weight:400">Press </span><span style="font-weight:700">hard</span>
<span style="font-weight:400;font-style:italic"> now</span></p><ul><li dir="ltr" aria-level="1">
<p dir="ltr" role="presentation"><span>One</span></p></li><ul><li dir="ltr" aria-level="2"><p role="presentation">
<span>Inner</span></p></li></ul><li><p><span>Two</span></p></li></ul><br><p>
<a href="https://www.google.com/url?q=https://www.who.int/x&amp;sa=D"><span style="color:#15c">WHO</span></a></p></b>
<br class="Apple-interchange-newline">"""
DOCS_MARKDOWN = """## Stop it

Press **hard** *now*

- One
  - Inner
- Two

[WHO](https://www.who.int/x)"""

WORD_ON_THE_WEB = """<div class="OutlineElement"><p role="heading" aria-level="2" class="Paragraph">
<span>Go</span></p></div>
<div class="ListContainerWrapper"><ul class="BulletListStyle1"><li data-listid="1" data-aria-level="1"><p><span>A</span>
</p></li></ul></div><div class="ListContainerWrapper"><ul><li data-listid="1" data-aria-level="2"><p>B</p></li></ul>
</div><div class="ListContainerWrapper"><ul><li data-listid="1" data-aria-level="1"><p>C</p></li></ul></div>"""

OURS = """<div class="first"><p class="block-title">Do this first</p><p>Press.</p></div>
<div class="do-dont"><div class="do"><p class="block-title">Do</p><ul><li>Wait</li></ul></div><div class="dont">
<p class="block-title">Do not</p><ul><li>Run</li></ul></div></div><div class="steps"><ol class="steps"><li>One</li>
<li>Two</li></ol></div>"""
OURS_MARKDOWN = """::: first
Press.
:::

::: do
- Wait
:::

::: dont
- Run
:::

::: steps
1. One
2. Two
:::"""

HOSTILE = """<p onclick="alert(1)" style="background:url(https://evil.example/x)">Hi<script>alert(1)</script><style>p{}</style>
<a href="javascript:alert(1)">x</a> <a href="http://plain.example/">plain</a> <a href="data:text/html,1">data</a></p>
<img src="https://evil.example/pixel.png" onerror="alert(1)"><iframe src="https://evil.example/"></iframe>
<svg><script>alert(1)</script></svg><link rel="stylesheet" href="https://evil.example/x.css"><p hidden>unseen</p>
<p style="display:none">unseen</p><form><input value="typed"><button>Send</button></form>"""

CASES = {
    "Word": (WORD, WORD_MARKDOWN),
    "Google Docs": (DOCS, DOCS_MARKDOWN),
    "Word on the web": (WORD_ON_THE_WEB, "## Go\n\n- A\n  - B\n- C"),
    "a lesson of ours": (OURS, OURS_MARKDOWN),
    "hostile": (HOSTILE, "Hi x plain data"),
    "levels that are skipped": (
        "<h1>A</h1><h4>B</h4><h5>C</h5><h1>D</h1><h5>E</h5>",
        "## A\n\n### B\n\n#### C\n\n## D\n\n### E",
    ),
    "a heading in a list": ("<ul><li><h2>A</h2></li><li>b</li></ul>", "- **A**\n- b"),
    "marks of Markdown": (
        (
            "<p># a</p><p>1. b</p><p>- c</p><p>::: key</p><p>&gt; d</p><p>===</p>"
            "<p>*e* _f_ `g` [h](i) &lt;j&gt; \\ &amp;amp;</p>"
        ),
        (
            "\\# a\n\n1\\. b\n\n\\- c\n\n\\::: key\n\n\\> d\n\n\\===\n\n"
            "\\*e\\* \\_f\\_ \\`g\\` \\[h\\](i) \\<j> \\\\ \\&amp;"
        ),
    ),
    "what is left alone": ("<p>5-6 cm, no_break, a # b, 3 &lt; 4</p><p>x</p>", "5-6 cm, no_break, a # b, 3 \\< 4\n\nx"),
    "marks that touch": (
        "<p>a<b>b</b>c <b>d:</b>e <b>f</b><i>g</i> <b> h </b></p><hr>",
        "a**b**c **d**:e **f**g **h**\n\n---",
    ),
    "breaks": ("<p>a<br>b<br><br>c</p>", "a\\\nb\n\nc"),
    "white space": ("<p>a \u00a0\u2003 b\u200b\u00adc\ufeff</p><p>\u00a0</p><p>d</p>", "a bc\n\nd"),
    "directions forced": ("<p>a\u202eb\u202c \u2066c\u2069</p><p>d</p>", "ab c\n\nd"),
    "two lists in a row": ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n\n1) b"),
    "a list that goes on": ('<ol start="4"><li>a</li><li>b<p>c</p></li></ol>', "4. a\n5. b\n\n   c"),
    "a table with joined cells": (
        "<table><tr><td colspan=2>a</td></tr><tr><td>b<br>c</td><td><ul><li>d</li></ul></td></tr></table>",
        "| a |  |\n| --- | --- |\n| b c | d |",
    ),
    "a table that only lays out": ("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb"),
    "small digits": ("<p>H<sub>2</sub>O, m<sup>2</sup>, x<sup>th</sup></p><p>y</p>", "H₂O, m², xth\n\ny"),
    "a quotation": ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    "lines that are kept": ("<pre>a\nb</pre><p>c</p>", "a\\\nb\n\nc"),
    "an exclamation before a link": (
        '<p>See!<a href="https://e.org/">x</a></p><p>y</p>',
        "See\\![x](https://e.org/)\n\ny",
    ),
    "words of a tag": (
        "<p>use style=1 onclick=2 &lt;b style=3&gt;</p><p>x</p>",
        "use style=1 onclick=2 \\<b style=3>\n\nx",
    ),
}

ARABIC = (
    "<p dir=RTL class=MsoNormal><b><span lang=AR-SA>تنبيه:</span></b><span lang=AR-SA>نصٌّ مُشَكَّلٌ، و</span>"
    "<b>كلمة</b>، ٢٠ دقيقة «اقتباس» الـــمدّ می\u200cخواهم\u200f</p><p>هل؟<br>نعم، لا.</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>١."
    "<span>&nbsp;</span></span>أولًا</p>"
)
ARABIC_MARKDOWN = (
    "**تنبيه**:نصٌّ مُشَكَّلٌ، و**كلمة**، ٢٠ دقيقة «اقتباس» الـــمدّ می\u200cخواهم\u200f\n\nهل؟\\\nنعم، لا.\n\n1. أولًا"
)
