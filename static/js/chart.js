// Charts (section[data-chart="bar|line"]): drawn from the numbers of the table inside; a bar leads where its number does.
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
const INK = colour("--ink-2");
const LINE = colour("--line");
const BLUE = colour("--chart");
const TEXT = { color: INK, fontFamily: colour("--font"), fontSize: 13 };
const ROW = 26;
const HEIGHT = 260;
const LONGEST = 12;
const DIGIT = 7; // the width of one
const SIDES = 64;

const short = (word) => (word.length > LONGEST ? `${word.slice(0, 4)}…${word.slice(-7)}` : word);
const told = (number) => (number >= 10000 ? number.toLocaleString("en-US") : String(number));

function read(section) {
  return Array.from(section.querySelectorAll("tbody tr"), (row) => {
    const cell = row.querySelector("[data-value]");
    const link = cell.querySelector("a");
    return { label: row.querySelector("th").textContent.trim(), value: Number(cell.dataset.value), url: link && link.href };
  });
}

function bars(rows) {
  return {
    grid: { left: 4, right: 64, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: "value", show: false, min: 0 },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map((row) => short(row.label)),
      axisLine: { lineStyle: { color: LINE } },
      axisTick: { show: false },
      axisLabel: { ...TEXT, interval: 0 },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 16,
        barMinHeight: 1,
        itemStyle: { color: BLUE },
        label: { ...TEXT, show: true, position: "right", formatter: (point) => told(point.value) },
        data: rows.map((row) => row.value),
      },
    ],
  };
}

// The numbers above a line that fit beside each other in the present width, counted back from the last point.
function fitting(rows, plot) {
  const needed = Math.max(...rows.map((row) => told(row.value).length)) * DIGIT + 8;
  return (at) => (rows.length - 1 - at) % Math.max(1, Math.ceil((needed * (rows.length - 1)) / (plot.clientWidth - SIDES))) === 0;
}

function line(rows, plot) {
  const fits = fitting(rows, plot);
  const values = rows.map((row) => row.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(1, Math.ceil((high - low) * 0.3));
  return {
    grid: { left: 28, right: 36, top: 28, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      boundaryGap: false,
      data: rows.map((row) => row.label),
      axisLine: { lineStyle: { color: LINE } },
      axisTick: { show: false },
      axisLabel: TEXT,
    },
    yAxis: { type: "value", show: false, min: Math.max(0, low - room), max: high + room },
    series: [
      {
        type: "line",
        symbol: "circle",
        symbolSize: 7,
        itemStyle: { color: BLUE },
        lineStyle: { color: BLUE, width: 2 },
        label: { ...TEXT, show: true, position: "top", formatter: (point) => (fits(point.dataIndex) ? told(point.value) : "") },
        data: values,
      },
    ],
  };
}

function draw(section) {
  const rows = read(section);
  const plot = section.querySelector(".chart-plot");
  if (!rows.length || !plot) return;
  const flat = section.dataset.chart === "line";
  plot.hidden = false;
  plot.style.height = `${flat ? HEIGHT : rows.length * ROW + 8}px`;
  section.classList.add("is-drawn");
  const chart = window.echarts.init(plot);
  chart.setOption({ animation: false, ...(flat ? line(rows, plot) : bars(rows)) });
  chart.on("click", (point) => {
    const { url } = rows[point.dataIndex];
    if (url) location.assign(url);
  });
  new ResizeObserver(() => chart.resize()).observe(plot);
}

if (window.echarts && window.ResizeObserver) document.querySelectorAll("[data-chart]").forEach(draw);
