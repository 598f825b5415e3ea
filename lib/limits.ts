const KiB = 1024
const MiB = 1024 * KiB
const second = 1000
const minute = 60 * second

// Graph
export const maxBlocks = 2_000
export const maxEdges = 10_000
export const maxBlockIdChars = 255
export const maxNameChars = 255

// Bodies and headers
export const maxApiBodyBytes = 1 * MiB
export const maxGraphBodyBytes = 16 * MiB
export const maxWebhookBodyBytes = 5 * MiB
export const maxJsonDepth = 200
export const maxHeaderBytes = 16 * KiB
export const bodyReadTimeoutMs = 30 * second
export const headersTimeoutMs = 15 * second
export const requestTimeoutMs = 60 * second
export const keepAliveTimeoutMs = 65 * second
export const healthTimeoutMs = 2 * second

// Executions
export const executionTimeoutMs = 300 * second
export const streamTimeoutMs = 600 * second
export const blocksAtOncePerExecution = 16
export const maxExecutionStoredBytes = 32 * MiB
export const maxInlineValueBytes = 1 * MiB
export const maxPlatformDepth = 8
export const maxExecutionsAtOnce = 256
export const maxExecutionsAtOncePerWorkflow = 240
export const maxExecutionsAtOncePerWebhook = 220
export const admissionWaitMs = 2 * second
export const checkpointIntervalMs = 200
/** How long the end of an execution waits for a database that went away, and how often it is tried. */
export const endingPatienceMs = 5 * minute
export const endingRetryMs = 500
export const maxJournalBatchItems = 500
export const maxJournalBatchBytes = 16 * MiB
export const finishedEventsKeptMs = 60 * second
export const maxCachedPlans = 500
export const maxTakeovers = 5

// Queue
export const executionQueueBatch = 100
export const queuePollMs = 1 * second
export const queueRetrySeconds = 1
/** A job whose worker died between fetching and claiming it is handed out again after this, at the next look. */
export const queueExpirySeconds = 20
export const queueSupervisionSeconds = 5

// Between processes
export const notificationPartChars = 2_000
export const notificationRetryMs = 500
export const remoteWatchMs = 500
export const maxRetryAttempts = 10
export const maxRetryBackoffMs = 60 * second
export const eventHeartbeatMs = 15 * second
export const drainTimeoutMs = 30 * second
export const runnerHeartbeatMs = 5 * second
export const runnerLeaseMs = 20 * second
export const maxSweptRows = 1_000

// Observation
/** Spans that wait to be sent; more are dropped. */
export const maxHeldSpans = 8_192
export const statsCacheMs = 10 * second
export const maxStatsHours = 7 * 24
export const maxStatsExecutions = 200_000

// Retention
export const retentionSweepIntervalMs = 1 * minute
export const retentionBatchExecutions = 500
export const retentionBatchesPerWorkflow = 200
export const maxRetentionDays = 36_500
export const maxRetentionCount = 1_000_000

// Webhook door
export const armWindowMinutes = 10
export const idempotencyKeyDays = 7
export const maxIdempotencyKeyChars = 255
/** Longest body, as JSON, that a call to paste shows. */
export const maxSnippetBodyChars = 1_000

// API
export const executeCallsPerMinute = 600
export const signInAttemptsPerMinute = 10
/** How often it is asked whether whoever reads a stream still may. */
export const streamRightsCheckMs = 3 * second
export const defaultPageSize = 50
export const defaultExecutionPageSize = 20
export const maxPageSize = 100
/** Saved things that a picker offers by name, of each kind. */
export const maxChoices = 1_000
export const recentExecutionsShown = 30
export const maxSearchChars = 200
export const minApiKeyChars = 16
export const maxApiKeyChars = 256
export const minSecretChars = 4
export const maxSecretChars = 64 * KiB

// Code blocks
export const codeTimeoutMs = 10 * second
export const maxCodeTimeoutMs = 300 * second
export const codeMemoryBytes = 128 * MiB
export const codeStackBytes = 256 * KiB
export const maxCodeLogBytes = 256 * KiB

// Outbound calls
export const outboundTimeoutMs = 30 * second
export const maxOutboundTimeoutMs = 300 * second
export const outboundConnectTimeoutMs = 10 * second
export const maxOutboundResponseBytes = 10 * MiB
export const maxRedirects = 5
/** What a program that is told to end gets before it is killed. */
export const childEndGraceMs = 2 * second
/** How much of what a program said is kept for the log. */
export const maxChildNoteChars = 2_000

// History
/** Executions a page with filters no index serves looks through. */
export const historyWindowExecutions = 20_000
/** The same for a search in texts, which reads them. */
export const searchWindowExecutions = 5_000

// Schedules
export const minScheduleIntervalSeconds = 60
export const schedulePollMs = 1 * second
/** Schedules that one transaction fires. */
export const maxSchedulesAtOnce = 100
export const shownFireTimes = 5
export const maxScheduleIntervalSeconds = 10 * 366 * 24 * 60 * 60

// Expressions
export const maxExpressionChars = 10_000
export const maxExpressionDepth = 100
export const maxExpressionTextChars = 1 * MiB
/** Values one evaluation may look at while it compares and searches. */
export const maxExpressionSteps = 1_000_000
/** Longest value a condition's debug record shows whole. */
export const maxDebugValueChars = 2_000

// References
/** Text that references may add to one config. */
export const maxResolvedTextChars = 32 * MiB

// Sandboxes
/** What a stuck run gets beyond its own deadline before its worker is killed. */
export const codeKillGraceMs = 250
export const maxCodeOutputBytes = 32 * MiB
/** A worker whose WebAssembly memory grew past this is replaced: that memory never shrinks. */
export const codeWorkerKeepBytes = 48 * MiB
/** A run past this yields the processor to everything else. */
export const codePoliteAfterMs = 100
/** Jobs of one workflow that a JavaScript worker is handed before the first is done: waking it once serves them all. */
export const maxJobsPerJavascriptWorker = 8
/** How long such jobs wait behind one that takes its time, before another worker gets them. */
export const codeHandoverMs = 2
export const minJavascriptWorkers = 3
export const maxJavascriptWorkers = 8
export const pythonRunsAtOnce = 3
export const pythonStartTimeoutMs = 60 * second
/** Growth of Python's in-memory files, which lie outside its WebAssembly memory. */
export const maxPythonFileBytes = 64 * MiB

// Sign-in and keys
export const signInAttemptsPerMinutePerEmail = 100
export const firstRunAttemptsPerMinute = 10
export const minPasswordChars = 8
export const maxPasswordChars = 1_000
export const maxEmailChars = 320
export const sessionHours = 7 * 24
export const principalCacheMs = 3 * second
export const maxCachedPrincipals = 1_000
export const lastUsedStepMs = 1 * minute
export const minPassphraseChars = 16

// Embedded Postgres
export const postgresStartTimeoutMs = 300 * second
export const postgresStopTimeoutMs = 20 * second
export const postgresTakeOverTimeoutMs = 30 * second
export const postgresRestartDelayMs = 500
export const databaseConnectTimeoutMs = 5 * second
/** At the start nobody waits for an answer yet: a busy machine's database gets more time. */
export const databaseFirstConnectTimeoutMs = 20 * second
/** Silence after which the database counts as gone, and how often it is asked. */
export const databaseSilenceMs = 5 * second
export const databaseWatchMs = 1 * second
/** Writable memory of the whole Python process, Node included: a bound behind the bound of its WebAssembly memory. */
export const maxPythonProcessBytes = 768 * MiB
/** How long a Python process outlives its run's limit when the server that would end it is gone. */
export const pythonOrphanGraceMs = 5 * second

// Models and agents
/** Longest wait for a model's answer to begin, and for each piece of it. */
export const modelTimeoutMs = 120 * second
export const maxModelTimeoutMs = 600 * second
export const maxModelRetries = 3
export const modelRetryBaseMs = 500
/** A provider that asks for more patience than this is not waited for. */
export const maxModelRetryWaitMs = 60 * second
export const providerTestTimeoutMs = 30 * second
export const providerProbeTimeoutMs = 500
export const maxModelNameChars = 200
export const maxUrlChars = 2_000
export const maxOutputTokensLimit = 10_000_000
export const defaultAgentSteps = 10
export const maxAgentSteps = 50
export const maxAgentTools = 64
export const maxToolCallsPerRun = 200
/** Longest result of a tool that a model is shown whole. */
export const maxToolResultChars = 100_000
export const maxSystemPromptChars = 100_000
export const maxAgentMessageChars = 1_000_000
/** Answers longer than this are shown as they were written, and so is what is nested deeper. */
export const maxMarkdownChars = 50_000
export const maxMarkdownDepth = 24
/** Messages of a session a model is reminded of. */
export const maxSessionMessages = 100
export const maxDescriptionChars = 10_000

// Copilot
export const copilotTurnTimeoutMs = 300 * second
/** How often a turn looks whether it was stopped, perhaps in another process. */
export const copilotStopPollMs = 500
/** Answers of the model in one turn, those that only call tools included. */
export const copilotSteps = 24
/** Proposals a model may make in one turn: the first, and those that mend it. */
export const copilotProposalRounds = 3
export const maxCopilotMessageChars = 100_000
/** Messages of a conversation the copilot is reminded of. */
export const maxCopilotMessages = 40
export const copilotTestRunTimeoutMs = 60 * second
/** Longest value of a run or a pin that the copilot is shown whole. */
export const maxCopilotValueChars = 8_000
export const shownFailures = 10

// User tables
export const maxUserTables = 200
export const maxUserTableColumns = 100
/** Postgres keeps 63 bytes of a name; the rest is room for what it makes of it (`<name>_id_seq`). */
export const maxUserTableNameChars = 48
export const maxUserRowsPerCall = 1_000
export const maxUserFilters = 50
/** Longest text, and longest JSON text, that one field of a row holds. */
export const maxUserTextChars = 1_000_000
export const userStatementTimeoutMs = 30 * second
export const userLockTimeoutMs = 5 * second

// Knowledge bases
/** A source as JSON; a file in it is base64, a third longer than its bytes. */
export const maxSourceBodyBytes = 16 * MiB
export const maxSourceFileBytes = 11 * MiB
export const maxSourceTextChars = 2_000_000
export const maxPdfPages = 1_000
export const pdfTimeoutMs = 30 * second
export const pdfHeapBytes = 256 * MiB
/** What one stream of a PDF may unpack to. */
export const maxPdfStreamBytes = 64 * MiB
export const maxChunkChars = 1_500
/** Text a chunk repeats of the one before it. */
export const chunkOverlapChars = 200
/** Chunks of one base: a search by embedding looks at each. */
export const maxKnowledgeChunks = 5_000
export const maxEmbeddingDimensions = 4_096
export const maxTextsPerEmbeddingCall = 100
/** Longest wait for a query's embedding; after it the search is by words. */
export const queryEmbeddingTimeoutMs = 10 * second
/** Longest wait for a new source's embeddings; after it the source is kept without. */
export const sourceEmbeddingTimeoutMs = 120 * second
export const defaultKnowledgeHits = 10
export const maxKnowledgeHits = 50
export const maxKnowledgeQueryChars = 2_000
