/** What a promise yields, unless the signal comes first. @throws the signal's reason then; what was begun goes on unheard */
export async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const onAbort = () => reject(signal?.reason);
		if (signal?.aborted) onAbort();
		signal?.addEventListener('abort', onAbort, { once: true });
		void promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
	});
}
