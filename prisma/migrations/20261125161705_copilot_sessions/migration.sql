-- CreateTable
CREATE TABLE "public"."copilot_messages" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "workflow_diff" TEXT,
    "issues" TEXT NOT NULL DEFAULT '[]',
    "error" TEXT,
    "execution_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "copilot_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."copilot_sessions" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "user_id" UUID,
    "turn_id" UUID,
    "turn_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "copilot_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "copilot_messages_session_id_id_idx" ON "public"."copilot_messages"("session_id" ASC, "id" ASC);

-- CreateIndex
CREATE INDEX "copilot_sessions_workflow_id_user_id_created_at_id_idx" ON "public"."copilot_sessions"("workflow_id" ASC, "user_id" ASC, "created_at" ASC, "id" ASC);

-- AddForeignKey
ALTER TABLE "public"."copilot_messages" ADD CONSTRAINT "copilot_messages_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "public"."copilot_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."copilot_sessions" ADD CONSTRAINT "copilot_sessions_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;
