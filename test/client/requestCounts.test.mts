import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { defaultLimits } from '../../nodes/Uphance/http/limits.ts';
import { everyOperation } from '../everyOperation.mts';
import { limits } from '../limits.mts';
import { groupForm, useWorld } from '../world.mts';

/** The page that tells how many requests each operation takes; `npm run generate` writes its table. */
const page = join(__dirname, '../../docs/requests.md');
const [begins, ends] = ['<!-- requests -->', '<!-- /requests -->'];

const world = useWorld({ limits: {}, starts: 'inTest' });

/** Runs an operation in a process that has nothing yet, at once again, and when every registration is too old to rely on. */
async function countRequests(index: number, form: object): Promise<string[]> {
	const parameters = everyOperation[index]?.parameters ?? {};
	await world.start({ orders: 250 }, { ...form });
	world.sendsAnything = true;
	const counts: string[] = [];
	for (const isOld of [false, false, true]) {
		const { singleOrganisationTrustMs, severalOrganisationsTrustMs } = defaultLimits;
		const shipped = { singleOrganisationTrustMs, severalOrganisationsTrustMs: 10 * severalOrganisationsTrustMs };
		Object.assign(limits, isOld ? { singleOrganisationTrustMs: 0, severalOrganisationsTrustMs: 0 } : shipped);
		world.uphance.clearLog();
		await world.run({ parameters });
		const asked = world.asked();
		const registrations = asked.filter((request) => request.endsWith('set_current_org')).length;
		counts.push(registrations > 0 ? `${asked.length} (${registrations})` : String(asked.length));
	}
	await world.close();
	return counts;
}

test('docs/requests.md says how many requests each operation takes', async () => {
	const rows: string[][] = [];
	for (const [index, { resource, operation }] of everyOperation.entries()) {
		const one = await countRequests(index, {});
		const two = await countRequests(index, groupForm);
		rows.push([`${resource}.${operation}`, ...one, ...two]);
	}
	const head = ['operation', 'first', 'then', 'later', 'first', 'then', 'later'];
	const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	const text = readFileSync(page, 'utf8');
	const [before = '', rest = ''] = text.split(begins);
	const [known = '', after = ''] = rest.split(ends);
	if (process.env.WRITE !== undefined) writeFileSync(page, `${before}${begins}\n\n${table}\n\n${ends}${after}`);
	const plain = (markdown: string) => markdown.replace(/-{2,}/g, '-').replace(/ +/g, ' ').trim();
	expect(plain(process.env.WRITE === undefined ? known : table)).toBe(plain(table));
}, 60_000);
