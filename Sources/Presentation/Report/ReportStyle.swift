/// The style sheet of a report: one column, readable on a telephone, a dark screen and on paper.
enum ReportStyle {
  static let rules = """

    :root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1b;--soft:#555;--line:#d0d3d8;--note:#f3f5f8}
    @media screen and (prefers-color-scheme:dark){:root{--paper:#16181d;--ink:#ececec;--soft:#b4b8c0;\
    --line:#3a3e46;--note:#20242b}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,'Segoe UI',Roboto,\
    'DejaVu Sans',Arial,sans-serif;overflow-wrap:break-word;hyphens:auto}
    main{max-width:52rem;margin:0 auto;padding:1.5rem 1rem}
    h1{font-size:1.6rem;line-height:1.2;margin:0 0 .75rem}
    h2{font-size:1.2rem;margin:2rem 0 .5rem}
    p{margin:.5rem 0}
    .lead{font-size:1.15rem}
    .note{border-left:.25rem solid #D55E00;background:var(--note);padding:.5rem .75rem}
    .soft,figcaption,footer{color:var(--soft);font-size:.9rem}
    figure{margin:1.25rem 0}
    .scroll svg{display:block;min-width:36rem;max-width:100%;height:auto}
    .scroll{overflow-x:auto;margin:.75rem 0}
    .scroll:focus-visible{outline:.15rem solid #0072B2;outline-offset:.1rem}
    table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-weight:600;padding:.25rem 0}
    th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);text-align:left;\
    vertical-align:top}
    th{font-weight:600}
    tbody th{font-weight:400}
    tbody th.section{font-weight:600;padding-top:.75rem}
    .number{text-align:right}
    td.number{white-space:nowrap}
    dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.25rem 1rem;margin:.5rem 0}
    dt{color:var(--soft)}
    dd{margin:0;overflow-wrap:anywhere}
    footer{border-top:1px solid var(--line);margin-top:2.5rem;padding-top:.5rem}
    code{font-family:ui-monospace,'DejaVu Sans Mono',monospace;font-size:.9em;overflow-wrap:anywhere}
    @media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
    @media print{body{font-size:10pt}main{max-width:none;padding:0}figure,tr{break-inside:avoid}\
    h1,h2,caption{break-after:avoid}.scroll{overflow:visible}.scroll svg{min-width:0}\
    table{font-size:8pt}th,td{padding-right:.4rem}td.number{white-space:normal}}

    """
}
