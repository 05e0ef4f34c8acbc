import type { Finding, Verdict } from './findings/finding.mts';

const words: Record<Verdict, string> = { matters: 'DIFFERS', differs: 'differs', 'not seen': 'not seen', fits: 'fits' };
const order: Verdict[] = ['fits', 'not seen', 'differs', 'matters'];
const textWidth = 100;

interface Row {
	verdict: Verdict;
	subject: string;
	text: string;
}

/**
 * The findings as a table; what matters comes last, where the eye is when the check has ended. What fits is named, a list in
 * a row; what was seen of it is in the report.
 */
export function renderTable(findings: Finding[]): string {
	const rows = order.flatMap((verdict) => rowsOf(verdict, findings));
	const width = Math.max(...rows.map(({ subject }) => subject.length));
	return rows
		.flatMap(({ verdict, subject, text }) =>
			text
				.split('\n')
				.flatMap(wrap)
				.map((line, index) => (index === 0 ? [words[verdict], subject, line] : ['', '', line])),
		)
		.map(([verdict = '', subject = '', line = '']) => `${verdict.padEnd(8)} | ${subject.padEnd(width)} | ${line}`)
		.join('\n');
}

function rowsOf(verdict: Verdict, findings: Finding[]): Row[] {
	const own = findings
		.filter((each) => each.verdict === verdict)
		.map(({ fact, seen, means }) => ({ fact: String(fact), seen: String(seen), means: means && String(means) }));
	if (verdict === 'differs' || verdict === 'matters') {
		return own.map(({ fact, seen, means }) => ({ verdict, subject: fact, text: means ? `${seen}\n→ ${means}` : seen }));
	}
	const subjects = new Set(own.map(({ fact }) => subjectOf(fact)));
	return [...subjects].map((subject) => {
		const all = own.filter(({ fact }) => subjectOf(fact) === subject);
		const [only] = all;
		if (only?.fact === subject) return { verdict, subject, text: only.seen };
		const reasons = new Set(all.map(({ seen }) => seen));
		const names = all.map(({ fact }) => fact.slice(subject.length + 2)).join(', ');
		return { verdict, subject, text: reasons.size === 1 ? `${names}: ${all[0]?.seen}` : names };
	});
}

/** "sales orders: pages" → "sales orders" */
const subjectOf = (fact: string): string => fact.split(': ')[0] ?? '';

/** Breaks a text between words. */
function wrap(text: string): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1) ?? '';
		if (line !== '' && line.length + word.length >= textWidth) lines.push(word);
		else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
	}
	return lines;
}

/** What the table says in a sentence. */
export function summarise(findings: Finding[]): string {
	const count = (verdict: Verdict) => findings.filter((each) => each.verdict === verdict).length;
	const counts = `${count('fits')} facts fit, ${count('differs') + count('matters')} differ, ${count('not seen')} could not be seen.`;
	if (count('matters') === 0 && count('not seen') > count('fits'))
		return `${counts} Nothing differs that matters, but most could not be seen. Check an organisation that has records.`;
	if (count('matters') === 0) return `${counts} Nothing differs that matters: the nodes fit this account.`;
	return `${counts} Users of the nodes will notice ${count('matters')} of them (DIFFERS).`;
}
