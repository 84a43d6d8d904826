// The style sheet of the page: a calm one, with a colour for each harm, light and dark.
//
// Colours of text keep a contrast of 4.5 and more against what they stand on, in both schemes; the
// browser tests measure it. Nothing is told by colour alone.

enum HTMLStyle {
    static let sheet: [StaticString] = [
        ":root{", light, "}@media (prefers-color-scheme:dark){:root:not([data-theme=light]){",
        dark, "}}:root[data-theme=dark]{", dark, "}", base, HTMLStyle.parts, drawings, figures,
        narrow,
    ]

    private static let light: StaticString = """
        color-scheme:light;--paper:#faf9f6;--card:#fff;--ink:#1c1e22;--soft:#5a606b;\
        --line:#e2dfd8;--wash:#f3f1ec;--accent:#1d5c9e;--mark:#fff3c4;\
        --misconfigured:#b3261e;--tune:#865800;--attack:#76389a;--unknown:#4a596b;\
        --policy:#2160a3;--harmless:#256c4a;--passed:#b9bec6;
        """

    private static let dark: StaticString = """
        color-scheme:dark;--paper:#131518;--card:#1b1e23;--ink:#e8e6e1;--soft:#a6acb6;\
        --line:#30343b;--wash:#22262c;--accent:#8dbcf4;--mark:#4a3f14;\
        --misconfigured:#ff8b81;--tune:#eeb64a;--attack:#cf9ff0;--unknown:#aab8c9;\
        --policy:#86b7f2;--harmless:#7ccfa2;--passed:#555c66;
        """

    private static let base: StaticString = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;overflow-wrap:break-word;background:var(--paper);color:var(--ink);
        font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
        font-variant-numeric:tabular-nums}
        .page{max-width:1120px;margin:0 auto;padding:0 clamp(14px,3vw,32px)}
        h1,h2,h3,h4,p,ul,ol,dl,dd,figure{margin:0;padding:0}
        h1{font-size:clamp(1.5rem,1.15rem + 1.9vw,2.3rem);line-height:1.2;font-weight:650;
        letter-spacing:-.018em;max-width:44ch;text-wrap:balance}
        h2{font-size:1.35rem;line-height:1.3;font-weight:640;letter-spacing:-.01em}
        h3{font-size:1.15rem;line-height:1.35;font-weight:620;text-wrap:pretty}
        h4{font-size:.82rem;line-height:1.4;font-weight:650;color:var(--soft)}
                section{margin-top:56px}
        a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
        .soft,.note,.hint{color:var(--soft)}
        .note,.hint{font-size:.9rem;margin-top:10px}
        .away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .skip{position:absolute;left:14px;top:-60px;background:var(--card);padding:8px 14px;
        border-radius:0 0 8px 8px;z-index:9}
        .skip:focus{top:0}
        .num{text-align:right}
        .name,code,pre{overflow-wrap:anywhere;unicode-bidi:isolate}
        code,pre{font-family:ui-monospace,"SF Mono","Cascadia Mono","DejaVu Sans Mono",Menlo,
        Consolas,monospace;font-size:.86em}
        pre{margin:0;padding:8px 10px;background:var(--wash);border-radius:6px;
        white-space:pre-wrap;font-size:.8rem;line-height:1.5}
        button,select,input{font:inherit;color:inherit}
        button,select,input[type=search]{background:var(--card);border:1px solid var(--line);
        border-radius:7px;padding:6px 12px;min-height:36px}
        button{cursor:pointer}
        button:hover:not(:disabled){border-color:var(--soft)}
        button:disabled{color:var(--soft);cursor:default}
        [hidden]{display:none!important}
        summary{cursor:pointer;padding:4px 0}
        details>summary:hover{color:var(--accent)}
        """

    private static let parts: StaticString = """
        .masthead{border-bottom:1px solid var(--line);background:var(--card)}
        .masthead .page{display:flex;align-items:center;gap:16px;min-height:56px;flex-wrap:wrap;
        padding-top:8px;padding-bottom:8px}
        .brand{font-weight:700;letter-spacing:-.01em}
        .source{color:var(--soft);font-size:.9rem;flex:1;min-width:0}
        .source .name{color:var(--ink);font-weight:550}
        #theme{min-height:32px;padding:3px 12px;font-size:.85rem}
        .answer{margin-top:44px}
        .lede{margin-top:12px;font-size:1.06rem;color:var(--soft);max-width:65ch}
        .bar{display:block;width:100%;height:34px;margin-top:28px;border-radius:7px}
        .legend{list-style:none;display:grid;gap:20px;margin-top:20px;
        grid-template-columns:repeat(auto-fit,minmax(156px,1fr))}
        .legend ul{list-style:none;margin-top:6px;font-size:.9rem}
        .legend ul li{display:flex;gap:8px;align-items:center;padding:1px 0}
        .legend ul .num{margin-left:auto;padding-left:14px}
        .legend a{color:inherit;text-decoration-color:var(--line)}
        .harm{display:grid;grid-template-columns:auto 1fr;gap:4px 10px;align-items:baseline}
        .harm .chip{grid-column:1/-1;justify-self:start}.harm b{font-size:1.2rem}
        .swatch{width:11px;height:11px;flex:none}
        .chip{display:inline-block;font-size:.78rem;font-weight:620;line-height:1.35;
        border:1px solid currentColor;border-radius:99px;padding:1px 9px;white-space:nowrap}
        .never{background:var(--misconfigured);border-color:var(--misconfigured);
        color:var(--card)}
        .filters{display:flex;flex-wrap:wrap;gap:12px;align-items:end;margin-top:16px}
        .filters label span{display:block;font-size:.8rem;color:var(--soft)}
        .filters input{width:min(220px,100%)}
        .filters select,.filters input[type=search]{height:38px;padding:0 10px;margin:0}
        .scroll{overflow-x:auto;margin-top:16px}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        th,td{text-align:left;padding:9px 12px 9px 0;border-bottom:1px solid var(--line);
        vertical-align:top;font-weight:400}
        th.num,td.num{text-align:right}
        .num+:not(.num){padding-left:16px}
        thead th{font-size:.8rem;color:var(--soft);font-weight:600;white-space:nowrap;
        vertical-align:bottom}
        thead button{border:0;background:none;padding:0;min-height:24px;font-weight:600;
        color:inherit}
        thead button::after{content:"↕";padding-left:5px;font-size:.8em}
        [aria-sort=ascending] button::after{content:"↑";color:var(--ink)}
        [aria-sort=descending] button::after{content:"↓";color:var(--ink)}
        .findings tbody tr:hover{background:var(--wash)}
        .findings th a{font-weight:600}
        .findings th .name{display:block;color:var(--soft)}
        .findings .time{white-space:nowrap}
        .card{background:var(--card);border:1px solid var(--line);border-radius:12px;
        border-left:5px solid var(--line);padding:clamp(16px,2.6vw,30px);margin-top:20px;
        scroll-margin-top:16px}
        .card header h3{margin-top:8px;font-size:1.28rem;overflow-wrap:anywhere}
        .tags{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;font-size:.92rem}
        .number{font-weight:650;color:var(--soft)}
        .figures{display:flex;flex-wrap:wrap;gap:12px 30px;margin-top:18px;padding:14px 0;
        border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
        .figures dt{font-size:.8rem;color:var(--soft)}
        .figures dd{overflow-wrap:anywhere}
        .figures b{font-weight:620}
        .card h4{margin-top:24px;margin-bottom:6px}
        .text>p,.remedies li,.remedies p{max-width:68ch}
        .ledger{list-style:none}
        .ledger li{display:grid;grid-template-columns:3.6rem minmax(0,1fr);gap:10px;padding:4px 0}
        .weight{color:var(--soft);text-align:right;font-size:.86rem;line-height:1.8}
        .ref{font-size:.76rem;padding:1px 5px;border:1px solid var(--line);border-radius:5px;
        text-decoration:none;white-space:nowrap}
        .lines{margin-top:18px}
        .lines ol,.rules{list-style:none;display:grid;gap:10px;margin-top:6px}
        .lines li{min-width:0;scroll-margin-top:24px}
        .lines li:target pre{background:var(--mark)}
        .place{font-size:.8rem;color:var(--soft)}
        .remedies{border-top:1px solid var(--line);margin-top:28px}
        .remedies details{margin-top:12px}
        .remedies .platform{margin-left:2px}
        .remedy>summary{font-weight:620}
        .remedies .remedy{margin-top:8px}
        .remedy ol{padding-left:1.5em;margin-top:4px}
        .remedy li{padding:3px 0;overflow-wrap:anywhere}
        .command{background:var(--wash);padding:2px 5px;border-radius:4px;
        -webkit-box-decoration-break:clone;box-decoration-break:clone}
        .copy{font-size:.76rem;min-height:24px;padding:1px 8px;margin:2px 4px 2px 6px;
        color:var(--soft);border-radius:6px}
        .cost{margin-top:6px}
        .glossary details{border-bottom:1px solid var(--line);padding:8px 0;scroll-margin-top:16px}
        .glossary h3{font-size:.95rem;margin-top:16px}
        .glossary p,.glossary li{max-width:70ch;margin-top:6px}
        .glossary ul{padding-left:1.3em}
        .foot{margin-top:64px;padding-top:20px;padding-bottom:48px;font-size:.88rem;
        color:var(--soft)}
        .inputs th{font-weight:550}
        """

    private static let drawings: StaticString = """
        .h-misconfigured{--hue:var(--misconfigured)}.h-tune{--hue:var(--tune)}
        .h-attack{--hue:var(--attack)}.h-unknown{--hue:var(--unknown)}
        .h-blocked-by-policy{--hue:var(--policy)}.h-harmless{--hue:var(--harmless)}
        .t-misconfigured{color:var(--misconfigured)}.t-tune{color:var(--tune)}
        .t-attack{color:var(--attack)}.t-unknown{color:var(--unknown)}
        .t-blocked-by-policy{color:var(--policy)}.t-harmless{color:var(--harmless)}
        .b-misconfigured{border-left-color:var(--misconfigured)}
        .b-tune{border-left-color:var(--tune)}.b-attack{border-left-color:var(--attack)}
        .b-unknown{border-left-color:var(--unknown)}
        .b-blocked-by-policy{border-left-color:var(--policy)}
        .b-harmless{border-left-color:var(--harmless)}
        .fill{fill:var(--hue)}.s1{opacity:.72}.s2{opacity:.52}.s3{opacity:.36}
        .gridline{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
        .axis{stroke:var(--soft);stroke-width:1;vector-effect:non-scaling-stroke}
        .plot{position:relative;margin:26px 0 0 3.2rem;touch-action:pan-y;user-select:none}
        .plot .columns{display:block;width:100%;height:200px}
        .tick{position:absolute;right:100%;margin-right:8px;font-size:.76rem;color:var(--soft);
        line-height:1;pointer-events:none}
        .tick.top{top:-6px}.tick.middle{top:94px}
        .shade{position:absolute;top:0;bottom:0;background:var(--paper);opacity:.78;
        pointer-events:none}
        .axis-labels{display:flex;justify-content:space-between;font-size:.78rem;
        color:var(--soft);margin-top:4px}
        .when .axis-labels{margin-left:3.2rem}
        .js .plot{cursor:crosshair}
        .brush{display:flex;flex-wrap:wrap;gap:10px 20px;align-items:center;margin-top:8px}
        .brush .hint{margin:0;flex-basis:100%}
        .sliders{display:flex;flex-wrap:wrap;gap:8px 24px;flex:1}
        .sliders>div{display:grid;grid-template-columns:3.6rem minmax(0,1fr) 7.5rem;gap:8px;
        align-items:center;flex:1 1 300px;font-size:.88rem}
        input[type=range]{accent-color:var(--accent);min-width:0;width:100%}
        .spark{margin-top:12px;max-width:68ch}
        .spark .columns{display:block;width:100%;height:40px}
        figcaption{font-size:.8rem;color:var(--soft);margin-top:4px}
        """

    private static let figures: StaticString = """
        .drawings figure{margin-top:8px}
        .drawing{display:block;width:100%;max-width:520px;height:auto;overflow:visible}
        .drawing.wide{min-width:420px;max-width:none}
        .drawing text{font-size:12px;fill:var(--ink);unicode-bidi:isolate}
        .drawing .small{font-size:11px;fill:var(--soft)}
        .drawing .strong{font-weight:650}
        .drawing .red{fill:var(--misconfigured);font-weight:600}
        .drawing .on-paper{paint-order:stroke;stroke:var(--card);stroke-width:4px}
        .lane{stroke:var(--line);stroke-width:2}
        .state{stroke:var(--harmless);stroke-width:6;stroke-linecap:round}
        .half{stroke-width:3;opacity:.6}
        .no-state{stroke:var(--soft);stroke-width:2;stroke-dasharray:1 5;stroke-linecap:round}
        .arrow{stroke:var(--soft);stroke-width:1.6;fill:none}
        .arrow-head{fill:var(--soft)}
        .arrow.blocked,.arrow.refused{stroke:var(--misconfigured)}
        .arrow-head.blocked{fill:var(--misconfigured)}
        .arrow.refused{stroke-dasharray:5 3}
        .arrow.around{stroke-dasharray:7 5}.arrow.unsure{stroke-dasharray:1 6}
        .cross{stroke:var(--misconfigured);stroke-width:2.6;stroke-linecap:round}
        .dot{fill:var(--card);stroke:var(--soft);stroke-width:2}
        .dot.opened{fill:var(--harmless);stroke:var(--harmless)}
        .end{fill:var(--card);stroke:var(--misconfigured);stroke-width:1.4}
        .end.kept{stroke:var(--harmless)}
        .drawing .end-words{font-size:11px;font-weight:600}
        .box{fill:var(--wash);stroke:var(--line)}.wall{stroke:var(--soft)}
        .host{fill:var(--soft)}
        .ways{padding-left:1.2em;font-size:.9rem;margin-top:8px}
        .check{font-size:.92rem;margin-top:8px;font-weight:600}
        .steps{font-size:.88rem;margin-top:6px}
        .steps summary{color:var(--soft)}
        .steps ol{padding-left:1.6em}
        .cell{fill:var(--wash)}.asked{fill:var(--attack)}
        .a1{opacity:.35}.a2{opacity:.55}.a3{opacity:.78}
        .passed{fill:var(--passed)}
        .tall,.low{display:block;width:100%;height:130px}.low{height:70px}
        .mark{stroke:var(--soft);stroke-dasharray:3 4}
        .mark.advised{stroke:var(--harmless);stroke-dasharray:none}
        .curve-line{fill:none;stroke-width:2}
        .curve-line.cut{stroke:var(--misconfigured)}.curve-line.states{stroke:var(--policy)}
        .curve-dot.cut{fill:var(--misconfigured)}.curve-dot.states{fill:var(--policy)}
        .range{stroke:var(--misconfigured);stroke-width:7;opacity:.25}
        """

    private static let narrow: StaticString = """
        @media (min-width:960px){.card-body{display:grid;gap:0 48px;
        grid-template-columns:minmax(0,1fr) minmax(0,460px);align-items:start}
        .card-body>:only-child{grid-column:1/-1}}
        @media (max-width:820px){
        section{margin-top:44px}
        .inner{display:none}
        .sliders{flex-basis:100%}.sliders>div{flex-basis:100%}
        .findings thead{position:absolute;width:1px;height:1px;overflow:hidden;
        clip-path:inset(50%)}
        .findings,.findings tbody,.findings tr,.findings th,.findings td{display:block}
        .findings tr{padding:12px 0;border-bottom:1px solid var(--line);
        display:grid;grid-template-columns:1fr 1fr;gap:4px 14px}
        .findings td[data-label="First"],.findings td[data-label="Last"]{order:1}
        .findings th,.findings td{border:0;padding:0!important;text-align:left!important}
        .findings th{grid-column:1/-1;order:-2}
        .findings td[data-label="Harm"]{grid-column:1/-1;order:-1}
        .findings td.time{grid-column:span 2}
        .findings td::before{content:attr(data-label) " ";color:var(--soft);font-size:.8rem}
        .findings td[data-label="Harm"]::before{content:""}
        .findings tbody tr:hover{background:none}
        .findings tr{grid-template-columns:repeat(4,1fr)}}
        @media (max-width:560px){.legend{display:block}.legend>li{margin-top:14px}
        .findings tr{grid-template-columns:1fr 1fr}
        .filters label,.filters input,.filters select{width:100%}}
        @media print{
        :root{color-scheme:light;--paper:#fff;--card:#fff;--wash:#f4f4f4}
        body{font-size:10.5pt}.page{max-width:none;padding:0}
        .skip,.brush,.filters,.copy,#theme,#filter-told{display:none!important}
        .card,figure,.remedy,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}
        .card{break-inside:auto;border-radius:0}
        section{margin-top:28px}a{color:inherit;text-decoration:none}
        .masthead{border:0}
        }
        """
}
