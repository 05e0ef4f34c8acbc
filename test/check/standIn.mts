import type { Finding } from '../../check/findings/finding.mts';
import type { CheckOptions, Checked } from '../../check/run.mts';
import { checkAccount } from '../../check/run.mts';
import { renderTable, summarise } from '../../check/table.mts';
import type { Options, Uphance } from '../../sandbox/uphance/uphance.mts';
import { demo, startUphance } from '../../sandbox/uphance/uphance.mts';
import type { Change } from './changedAnswers.mts';
import { changeAnswers } from './changedAnswers.mts';

export interface Result extends Checked {
	uphance: Uphance;
	/** All that the user sees. */
	screen: string;
	/** The text of the report. */
	json: string;
	/** Returns the finding of a fact, without the words that it is compared with. @throws if there is not exactly one */
	finding(fact: string): { verdict: string; seen: string; means?: string };
	/** The facts with a verdict, with what was seen. */
	facts(...verdicts: Array<Finding['verdict']>): string[];
}

export const waits = { timeout: 5_000, backOff: 5, longestRetryAfter: 2_000 };

interface Setup extends Options {
	/** What answers are changed to on their way. */
	change?: Change;
	login?: Partial<CheckOptions>;
	/** Called when the stand-in runs. */
	prepare?: (uphance: Uphance) => void;
}

/** Runs the check against a stand-in, which ends afterwards. */
export async function checkStandIn({ change, login, prepare, ...options }: Setup = {}): Promise<Result> {
	const uphance = await startUphance(options);
	const proxy = change ? await changeAnswers(uphance.url, change) : undefined;
	const seen: string[] = [];
	try {
		prepare?.(uphance);
		const checked = await checkAccount({
			...demo,
			apiUrl: proxy?.url ?? uphance.url,
			waits,
			progress: (text, requests) => seen.push(`${requests} ${String(text)}`),
			...login,
		});
		const { findings, report } = checked;
		return {
			...checked,
			uphance,
			screen: [...seen, renderTable(findings), summarise(findings)].join('\n'),
			json: JSON.stringify(report, null, '\t'),
			finding(fact) {
				const found = findings.filter((each) => String(each.fact) === fact);
				const [only] = found;
				if (!only || found.length > 1) throw new Error(`${found.length} findings are about '${fact}'`);
				return { verdict: only.verdict, seen: String(only.seen), means: only.means && String(only.means) };
			},
			facts: (...verdicts) =>
				findings
					.filter(({ verdict }) => verdicts.includes(verdict))
					.map(({ fact, seen: what }) => `${String(fact)}: ${String(what)}`),
		};
	} finally {
		await proxy?.close();
		await uphance.close();
	}
}
