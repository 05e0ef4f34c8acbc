/** A bar with the range of its samples. */
export interface Bar {
	label: string;
	value: number;
	lowest: number;
	highest: number;
	/** Whether the bar is for this package. */
	isOwn: boolean;
}

export interface Panel {
	title: string;
	/** Formats the value next to a bar, e.g. "3.2 ms". */
	format: (value: number) => string;
	bars: Bar[];
}

const width = 760;
const labelWidth = 210;
const barWidth = 420;
const rowHeight = 26;

/** Renders horizontal bars as an SVG for light and dark pages. */
export function renderChart(panels: Panel[]): string {
	let y = 8;
	const parts: string[] = [];
	for (const { title, format, bars } of panels) {
		const maximum = Math.max(...bars.map(({ highest }) => highest));
		const toWidth = (value: number) => Math.round((value / maximum) * barWidth * 10) / 10;
		parts.push(`<text class="title" x="0" y="${y + 16}">${escapeXml(title)}</text>`);
		y += 28;
		for (const { label, value, lowest, highest, isOwn } of bars) {
			const middle = y + rowHeight / 2;
			const [from, to] = [labelWidth + toWidth(lowest), labelWidth + toWidth(highest)];
			parts.push(
				`<text class="label" x="${labelWidth - 8}" y="${middle + 4}">${escapeXml(label)}</text>`,
				`<rect class="${isOwn ? 'own' : 'other'}" x="${labelWidth}" y="${y + 4}" width="${toWidth(value)}" height="${rowHeight - 8}" rx="2"/>`,
				`<path class="spread" d="M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8"/>`,
				`<text x="${to + 8}" y="${middle + 4}">${escapeXml(format(value))}</text>`,
			);
			y += rowHeight;
		}
		y += 18;
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${escapeXml(panels.map(({ title }) => title).join('; '))}">
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; }
.label { text-anchor: end; }
.own { fill: #0969da; }
.other { fill: #8c959f; }
.spread { stroke: #1f2328; fill: none; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.own { fill: #4493f8; }
.other { fill: #6e7681; }
.spread { stroke: #e6edf3; }
}
</style>
${parts.join('\n')}
</svg>
`;
}

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
