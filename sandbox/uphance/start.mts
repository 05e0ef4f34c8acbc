import { parseArgs } from 'node:util';
import { kinds } from './faults.mts';
import type { Switches } from './switches.mts';
import { defaults } from './switches.mts';
import { demo, group, startUphance } from './uphance.mts';

const { values } = parseArgs({
	options: {
		orders: { type: 'string', default: '1250' },
		port: { type: 'string', default: '4010' },
		switch: { type: 'string', multiple: true, default: [] },
		help: { type: 'boolean', default: false },
	},
});

if (values.help) {
	console.log(`npm run sandbox -- [--orders 1250] [--port 4010] [--switch name=value …]

While it runs, a POST to /sandbox/<what> with a JSON list of arguments changes it; "log" shows what it was asked:
  curl localhost:4010/sandbox/fault -H 'content-type: application/json' \\
    -d '[{ "path": "/sales_orders", "times": 2, "kind": "status", "status": 429, "retryAfter": "3" }]'
Kinds of faults: ${kinds.join(', ')}.
All else: fault, clearFaults, log, clearLog, addUser, changePassword, switchOrganisation, expireTokens,
revokeRefreshTokens, revokeTokens, signIns, setOrders, created (orders POSTed), createdPayments, stockOperations (that counted),
deletePickTicket, secrets.

Switches stand for what nobody outside Uphance knows; the defaults:
${Object.entries(defaults)
	.map(([name, value]) => `  ${name}=${value}`)
	.join('\n')}`);
	process.exit(0);
}

const switches: Partial<Switches> = Object.fromEntries(
	values.switch.map((text) => {
		const [name = '', value = ''] = text.split('=');
		if (!(name in defaults)) {
			console.error(`There is no switch '${name}'. npm run sandbox -- --help lists them.`);
			process.exit(1);
		}
		return [name, value === 'true' ? true : value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value];
	}),
);

try {
	const uphance = await startUphance({ port: Number(values.port), orders: Number(values.orders), switches });
	console.log(`Stand-in Uphance at ${uphance.url}, ${values.orders} sales orders in each organisation.
Sign in as ${demo.email} / ${demo.password} (one organisation) or ${group.email} / ${group.password} (two).`);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
