import { parseArgs } from 'node:util';

export interface Arguments {
	email: string;
	organisation?: string;
	apiUrl: string;
	report: string;
	switching: boolean;
}

export const usage = `npm run check -- --email name@example.com [--organisation NAME] [--api-url URL] [--report FILE] [--switching]

Signs in to Uphance, reads about 85 answers one after the other, and says whether the nodes of this package fit the
account: what fits, what differs and what that means, and what could not be seen. It takes one to two minutes.

It creates, changes and deletes nothing. It signs out at the end, and with Ctrl+C too. The password is asked for, or taken
from the variable UPHANCE_PASSWORD.

--organisation  id or name; needed if the user belongs to several organisations. If another one is current in Uphance, it is
                chosen for the time of the check, and that moves everybody who uses the same login.
--switching     also finds out whether the current organisation belongs to the user or to the token. For a moment this
                moves everybody who uses the same login to another organisation, and then back.
--api-url       https://api.uphance.com if you do not give one
--report        file to write, uphance-check.json if you do not give one. It has no value of the account: no names, no
                emails, no prices, no ids. Please attach it to an issue, so that the package can learn from it.

Exit status: 0 if nothing differs that matters, 1 if something does, 2 if the check could not run.`;

/**
 * Returns what the command line says, or undefined if it asks for help.
 *
 * @throws Error that says what is wrong with it
 */
export function parseArguments(args: string[]): Arguments | undefined {
	const { values } = parseArgs({
		args,
		options: {
			email: { type: 'string' },
			organisation: { type: 'string' },
			'api-url': { type: 'string', default: 'https://api.uphance.com' },
			report: { type: 'string', default: 'uphance-check.json' },
			switching: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	if (!values.email) throw new Error('Enter the email of an Uphance user: npm run check -- --email name@example.com');
	return {
		email: values.email,
		organisation: values.organisation,
		apiUrl: parseUrl(values['api-url']),
		report: values.report,
		switching: values.switching,
	};
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @throws Error unless the password would travel encrypted or stay on this machine */
function parseUrl(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
	if (isSafe && !text.includes('@')) return text.replace(/\/+$/, '');
	throw new Error(
		'--api-url must begin with https:// (http:// is for a stand-in on this machine), without a login in it.',
	);
}
