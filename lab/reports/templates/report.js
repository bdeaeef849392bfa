"use strict";
(() => {
  const PRINT_WIDTH = 680;
  const NARROW = 480;
  const config = JSON.parse(document.getElementById("chart-config").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const charts = [...document.querySelectorAll("script[data-chart]")].map((script) => ({
    place: document.getElementById(script.dataset.chart),
    source: script.textContent,
  }));

  function figure(chart, isDark) {
    const parsed = JSON.parse(chart.source);
    for (const [path, value] of isDark ? parsed.dark : []) {
      const last = path[path.length - 1];
      path.slice(0, -1).reduce((part, step) => part[step], parsed.figure)[last] = value;
    }
    return parsed.figure;
  }

  // On a narrow screen a legend inside the plot would cover the curves: it goes under them.
  function suit(layout, data, width) {
    if (width >= NARROW || !layout.showlegend || layout.legend.orientation === "h") return;
    const rows = data.filter((trace) => trace.showlegend !== false && trace.name).length;
    Object.assign(layout.legend, { orientation: "h", x: 0, xanchor: "left", y: -0.18, yanchor: "top", maxheight: 1000 });
    layout.height += 19 * rows;
  }

  function draw(isDark, width) {
    for (const chart of charts) {
      const { data, layout } = figure(chart, isDark);
      suit(layout, data, width || chart.place.clientWidth);
      if (width) layout.width = width;
      Plotly.react(chart.place, data, layout, { ...config, responsive: !width });
    }
  }

  draw(dark.matches, 0);
  dark.addEventListener("change", () => draw(dark.matches, 0));
  window.addEventListener("beforeprint", () => draw(false, PRINT_WIDTH));
  window.addEventListener("afterprint", () => draw(dark.matches, 0));
})();
