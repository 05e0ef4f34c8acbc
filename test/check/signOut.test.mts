import { describe, expect, test } from '@jest/globals';
import { checkAccount } from '../../check/run.mts';
import type { Options, Uphance } from '../../sandbox/uphance/uphance.mts';
import { demo, group, startUphance } from '../../sandbox/uphance/uphance.mts';
import { waits } from './standIn.mts';

/** A signal that is aborted by the answer to the given request, before it is sent. */
function stopAfter(requests: number) {
	const stop = new AbortController();
	let answers = 0;
	return { signal: stop.signal, onAnswer: () => void (++answers === requests && stop.abort()) };
}

/** A signal that is aborted by the second sign-in: the check then tries the refresh token. */
function stopAtSecondSignIn() {
	const stop = new AbortController();
	let signIns = 0;
	const onAnswer: Options['onAnswer'] = ({ path }) => void (path === '/oauth/token' && ++signIns === 2 && stop.abort());
	return { signal: stop.signal, onAnswer };
}

async function using<T>(options: Options, work: (uphance: Uphance) => Promise<T>): Promise<T> {
	const uphance = await startUphance(options);
	try {
		return await work(uphance);
	} finally {
		await uphance.close();
	}
}

/** How many of all tokens still work. */
async function acceptedTokens(uphance: Uphance): Promise<number> {
	const answers = await Promise.all(
		uphance.secrets().map(async (token) => {
			const { status } = await fetch(`${uphance.url}/organisations`, { headers: { Authorization: `Bearer ${token}` } });
			return status;
		}),
	);
	return answers.filter((status) => status === 200).length;
}

const organisationsOf = (uphance: Uphance) =>
	uphance
		.log()
		.filter(({ path }) => path === '/organisations/set_current_org')
		.map(({ body }) => body);

describe('The check leaves nobody signed in', () => {
	test.each([true, false])('when it ends (refreshRotates=%s)', async (refreshRotates) => {
		await using({ switches: { refreshRotates } }, async (uphance) => {
			const { isSignedOut } = await checkAccount({ ...demo, apiUrl: uphance.url, waits });
			expect(isSignedOut).toBe(true);
			expect(uphance.signIns()).toBeGreaterThan(1);
			expect(await acceptedTokens(uphance)).toBe(0);
		});
	});

	const moments = {
		...Object.fromEntries(
			[1, 2, 3, 20, 60].map((requests) => [`after ${requests} requests`, () => stopAfter(requests)]),
		),
		'while it tries the refresh token': stopAtSecondSignIn,
	};

	test.each(Object.entries(moments))('when it is stopped %s', async (_name, prepare) => {
		const { signal, onAnswer } = prepare();
		await using({ onAnswer }, async (uphance) => {
			await expect(checkAccount({ ...demo, apiUrl: uphance.url, waits, signal })).rejects.toThrow(/abort/i);
			expect(uphance.signIns()).toBe(prepare === stopAtSecondSignIn ? 2 : 1);
			expect(await acceptedTokens(uphance)).toBe(0);
		});
	});

	test('when Uphance does not answer the first request after the sign-in', async () => {
		await using({}, async (uphance) => {
			uphance.fault({ path: '/organisations', kind: 'status', status: 500, times: 2 });
			await expect(checkAccount({ ...demo, apiUrl: uphance.url, waits })).rejects.toThrow(
				'lists no organisation of this user (status 500)',
			);
			expect(await acceptedTokens(uphance)).toBe(0);
		});
	});
});

describe('A user with several organisations', () => {
	const login = { ...group, organisation: 'uphance outlet' };

	test('is asked which one is meant, without its names on the screen', async () => {
		await using({}, async (uphance) => {
			const run = checkAccount({ ...group, apiUrl: uphance.url, waits });
			await expect(run).rejects.toThrow('Say which one to check: --organisation, with its id or name.');
			expect(organisationsOf(uphance)).toEqual([]);
		});
	});

	test('has the organisation chosen that was named, and the one before at the end', async () => {
		await using({}, async (uphance) => {
			uphance.switchOrganisation(group.email, 9579);
			await checkAccount({ ...login, apiUrl: uphance.url, waits });
			expect(organisationsOf(uphance)).toEqual([{ organizationId: 9601 }, { organizationId: 9579 }]);
		});
	});

	test('has nothing chosen if it is current already', async () => {
		await using({}, async (uphance) => {
			uphance.switchOrganisation(group.email, 9601);
			await checkAccount({ ...login, apiUrl: uphance.url, waits });
			expect(organisationsOf(uphance)).toEqual([]);
		});
	});

	test('has the one before chosen again when the check is stopped', async () => {
		const { signal, onAnswer } = stopAfter(10);
		await using({ onAnswer }, async (uphance) => {
			uphance.switchOrganisation(group.email, 9579);
			const run = checkAccount({ ...login, apiUrl: uphance.url, waits, signal });
			await expect(run).rejects.toThrow(/abort/i);
			expect(organisationsOf(uphance)).toEqual([{ organizationId: 9601 }, { organizationId: 9579 }]);
		});
	});
});

describe('A sign-in that fails', () => {
	test('is told without what was entered', async () => {
		await using({}, async (uphance) => {
			const run = checkAccount({ ...demo, password: 'wrong-secret', apiUrl: uphance.url, waits });
			await expect(run).rejects.toThrow(
				/^Uphance did not accept the sign-in \(status 400\)\. Check email and password/,
			);
			expect(uphance.log()).toHaveLength(1);
		});
	});

	test('is told where nothing answers', async () => {
		const run = checkAccount({ ...demo, apiUrl: 'http://127.0.0.1:9', waits });
		await expect(run).rejects.toThrow('No answer came from the address of the API');
	});
});
