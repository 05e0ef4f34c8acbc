import type { Answer } from '../answer.mts';
import { get, isObject, isSuccess, recordsOf } from '../answer.mts';
import { recordErrors } from '../description/uphanceApi.mts';
import type { Reading } from '../reading.mts';
import { Safe, say } from '../safe.mts';
import type { Vocabulary } from '../vocabulary.mts';
import type { Finding } from './finding.mts';
import { notSeen } from './finding.mts';
import { describeFailure } from './lists.mts';

/** Signing in, tokens, organisations and errors. */
export const accessFindings = (reading: Reading, vocabulary: Vocabulary): Finding[] => [
	signIn(reading.signIn),
	refused(reading.madeUpRefresh),
	...refresh(reading),
	unauthorised(reading.withoutToken),
	bareToken(reading.bareToken),
	organisationList(reading.organisations),
	...registration(reading),
	organisationState(reading),
	missing(reading.missing, vocabulary),
];

function signIn({ body }: Answer): Finding {
	const fact = say`Sign-in`;
	const seconds = Number(get(body, 'expires_in'));
	const life = seconds > 0 ? say`a token for ${Safe.constant(seconds, 'seconds')}` : say`a token without expires_in`;
	const hasRefresh = typeof get(body, 'refresh_token') === 'string';
	const seen = say`${life}, ${hasRefresh ? say`with` : say`without`} a refresh token`;
	if (recordErrors('Session', body).length === 0 && hasRefresh) return { fact, verdict: 'fits', seen };
	const means = hasRefresh
		? say`Nothing: without expires_in the node takes seven days, and signs in again on 401.`
		: say`Nothing: the node signs in with the password when a token ends.`;
	return { fact, verdict: 'differs', seen, means };
}

function refused(answer: Answer): Finding {
	const fact = say`A sign-in that is rejected`;
	if (isSuccess(answer))
		return {
			fact,
			verdict: 'matters',
			seen: describeFailure(answer),
			means: say`The node may take a refusal for a success.`,
		};
	const hasWord = get(answer.body, 'error') === 'invalid_grant';
	const seen = say`${describeFailure(answer)}${hasWord ? say`, invalid_grant` : say``}`;
	if (answer.status === 400 && hasWord) return { fact, verdict: 'fits', seen, sets: { refusedSignIn: 400 } };
	const isKnown = answer.status === 400 || answer.status === 401;
	return {
		fact,
		verdict: isKnown ? 'differs' : 'matters',
		seen,
		means: isKnown
			? say`Nothing: the credential explains it the same way.`
			: say`The credential may not say that email or password is wrong.`,
		sets: answer.status === 401 ? { refusedSignIn: 401 } : undefined,
	};
}

function refresh({ refresh, secondRefresh, afterRefresh }: Reading): Finding[] {
	const fact = say`Refresh token`;
	if (!refresh) return [notSeen(fact, say`the sign-in gave none`)];
	if (!isSuccess(refresh)) {
		return [
			{
				fact,
				verdict: 'differs',
				seen: describeFailure(refresh),
				means: say`Nothing: the node signs in with the password.`,
			},
		];
	}
	const rotates = secondRefresh !== undefined && !isSuccess(secondRefresh);
	const old =
		afterRefresh && isSuccess(afterRefresh) ? say`the old access token still works` : say`the old access token ends`;
	const seen = say`works ${rotates ? say`once` : say`twice`}; ${old}`;
	if (rotates) return [{ fact, verdict: 'fits', seen, sets: { refreshRotates: true } }];
	return [
		{ fact, verdict: 'differs', seen, means: say`Nothing: the node uses each once.`, sets: { refreshRotates: false } },
	];
}

function unauthorised(answer: Answer): Finding {
	const fact = say`A request without a token`;
	const seen = describeFailure(answer);
	if (answer.status === 401) return { fact, verdict: 'fits', seen };
	return {
		fact,
		verdict: 'matters',
		seen,
		means: say`n8n signs in again only after 401: workflows fail when a token ends.`,
	};
}

function bareToken(answer: Answer): Finding {
	const fact = say`A token without the word Bearer`;
	const seen = isSuccess(answer) ? say`works` : describeFailure(answer);
	return { fact, verdict: 'fits', seen };
}

function organisationList(answer: Answer): Finding {
	const fact = say`Organisations`;
	const found = recordsOf(answer, 'organisations');
	const isDescribed = found.every((each) => recordErrors('Organisation', each).length === 0);
	const seen = say`${Safe.count(found.length)}, ${isDescribed ? say`as described` : say`not as described`}`;
	if (isDescribed) return { fact, verdict: 'fits', seen };
	return {
		fact,
		verdict: 'differs',
		seen,
		means: say`The credential lists the organisations that have a number for an ID.`,
	};
}

function registration({ registration, unregistered, lists }: Reading): Finding[] {
	const fact = say`Choosing the organisation`;
	const before = say`Before an organisation was chosen`;
	if (!registration) return [notSeen(fact, say`it was chosen already`), notSeen(before, say`it was chosen already`)];
	const isUpdated = get(registration.body, 'Status') === 'Updated';
	const isDone = isSuccess(registration) && (isUpdated || registration.form === 'empty');
	const seen = say`${describeFailure(registration)}${isUpdated ? say`, Updated` : say``}`;
	const own: Finding = isDone
		? {
				fact,
				verdict: registration.status === 201 && isUpdated ? 'fits' : 'differs',
				seen,
				means: say`Nothing: the node reads it as done.`,
			}
		: {
				fact,
				verdict: 'matters',
				seen,
				means: say`Every operation fails: the node cannot be sure of its organisation.`,
			};
	const hasOrders = (lists[0]?.records.length ?? 0) > 0;
	if (!isSuccess(unregistered)) {
		const sets = { withoutOrganisation: 'forbidden' as const };
		return [
			own,
			{
				fact: before,
				verdict: 'differs',
				seen: describeFailure(unregistered),
				means: say`Nothing: the nodes choose it first.`,
				sets,
			},
		];
	}
	const wasEmpty = recordsOf(unregistered, 'sales_orders').length === 0;
	if (!wasEmpty || !hasOrders)
		return [own, notSeen(before, wasEmpty ? say`there are no sales orders` : say`another one was chosen`)];
	return [own, { fact: before, verdict: 'fits', seen: say`lists are empty`, sets: { withoutOrganisation: 'empty' } }];
}

function organisationState({ switching, organisation }: Reading): Finding {
	const fact = say`The organisation belongs to`;
	if (organisation.others.length === 0) return notSeen(fact, say`this user has one organisation`);
	if (!switching) return notSeen(fact, say`only --switching shows it`);
	const ids = recordsOf(switching.byOtherToken, 'sales_orders').map((record) => Number(record.organisation_id));
	if (ids.length === 0) return notSeen(fact, say`one of the organisations has no sales orders`);
	if (ids.every((id) => id === switching.organisation)) {
		return { fact, verdict: 'fits', seen: say`the user`, sets: { organisationState: 'user' } };
	}
	if (!ids.every((id) => id === organisation.id)) return notSeen(fact, say`the records do not name their organisation`);
	const means = say`Nothing: the nodes choose it after every sign-in. Two credentials of one user do not disturb each other.`;
	return { fact, verdict: 'differs', seen: say`the token`, means, sets: { organisationState: 'token' } };
}

function missing(answer: Answer, vocabulary: Vocabulary): Finding {
	const fact = say`A record that does not exist`;
	const keys = isObject(answer.body) ? Object.keys(answer.body) : [];
	const names =
		keys.length > 0 && keys.length < 10 ? say`: ${Safe.join(keys.map((key) => vocabulary.name(key)))}` : say``;
	const seen = say`${describeFailure(answer)}${names}`;
	if (answer.status !== 404) {
		const means = say`'If Not Found' of Get does not work: the node knows a missing record by 404.`;
		return { fact, verdict: 'matters', seen, means };
	}
	if (answer.form === 'empty') return { fact, verdict: 'fits', seen, sets: { notFoundBody: 'empty' } };
	return {
		fact,
		verdict: 'differs',
		seen,
		means: say`Nothing: the nodes go by the status.`,
		sets: { notFoundBody: keys.includes('status') ? 'status' : 'json' },
	};
}
