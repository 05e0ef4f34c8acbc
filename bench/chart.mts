/** A bar, and how far its samples spread. */
export interface Bar {
	label: string;
	value: number;
	lowest: number;
	highest: number;
	/** This package's. */
	isOwn: boolean;
}

export interface Panel {
	title: string;
	/** As text beside a bar, e.g. "3.2 ms". */
	shown: (value: number) => string;
	bars: Bar[];
}

const width = 760;
const labelWidth = 210;
const barWidth = 420;
const rowHeight = 26;

/** Bars under each other, as an SVG that looks right on light and on dark pages. */
export function chart(panels: Panel[]): string {
	let y = 8;
	const parts: string[] = [];
	for (const { title, shown, bars } of panels) {
		const most = Math.max(...bars.map(({ highest }) => highest));
		const long = (value: number) => Math.round((value / most) * barWidth * 10) / 10;
		parts.push(`<text class="title" x="0" y="${y + 16}">${escaped(title)}</text>`);
		y += 28;
		for (const { label, value, lowest, highest, isOwn } of bars) {
			const middle = y + rowHeight / 2;
			const [from, to] = [labelWidth + long(lowest), labelWidth + long(highest)];
			parts.push(
				`<text class="label" x="${labelWidth - 8}" y="${middle + 4}">${escaped(label)}</text>`,
				`<rect class="${isOwn ? 'own' : 'other'}" x="${labelWidth}" y="${y + 4}" width="${long(value)}" height="${rowHeight - 8}" rx="2"/>`,
				`<path class="spread" d="M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8"/>`,
				`<text x="${to + 8}" y="${middle + 4}">${escaped(shown(value))}</text>`,
			);
			y += rowHeight;
		}
		y += 18;
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${escaped(panels.map(({ title }) => title).join('; '))}">
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

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
