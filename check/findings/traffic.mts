import type { Answer } from '../answer.mts';
import { Safe, say } from '../safe.mts';
import type { Vocabulary } from '../vocabulary.mts';
import type { Finding } from './finding.mts';
import { notSeen } from './finding.mts';

/** Limits, headers and times: what all answers together show. */
export function trafficFindings(answers: Answer[], vocabulary: Vocabulary): Finding[] {
	const limited = answers.filter(({ status }) => status === 429);
	const names = [...new Set(answers.flatMap(({ headers }) => headers))].sort();
	const ofLimits = names
		.filter((name) => /rate|limit|retry|quota|throttl/.test(name))
		.flatMap((name) => vocabulary.header(name) ?? []);
	return [
		ofLimits.length > 0
			? { fact: say`Headers about limits`, verdict: 'fits', seen: Safe.join(ofLimits) }
			: notSeen(say`Headers about limits`, say`none came`),
		tooMany(limited),
		speed(answers),
	];
}

function tooMany(limited: Answer[]): Finding {
	const fact = say`Too many requests (429)`;
	const [first] = limited;
	if (!first) return notSeen(fact, say`it did not happen`);
	const kinds: Record<NonNullable<Answer['retryAfter']>, Safe> = { seconds: say`in seconds`, date: say`as a date` };
	const retryAfter = first.retryAfter ? say`with Retry-After ${kinds[first.retryAfter]}` : say`without Retry-After`;
	return { fact, verdict: 'fits', seen: say`happened, ${retryAfter}` };
}

/** The nodes give up after sixty seconds. */
const slow = 30_000;

function speed(answers: Answer[]): Finding {
	const fact = say`Time of an answer`;
	const times = answers
		.filter(({ status }) => status > 0)
		.map(({ milliseconds }) => milliseconds)
		.sort((a, b) => a - b);
	const median = times[Math.floor(times.length / 2)] ?? 0;
	const longest = times.at(-1) ?? 0;
	const seen = say`${Safe.constant(median, 'ms')} in the middle, ${Safe.constant(longest, 'ms')} at most`;
	if (longest < slow) return { fact, verdict: 'fits', seen };
	return { fact, verdict: 'matters', seen, means: say`The nodes give up after 60 seconds.` };
}
