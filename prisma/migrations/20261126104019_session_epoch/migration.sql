-- AlterTable
ALTER TABLE "public"."users" ADD COLUMN     "session_epoch" INTEGER NOT NULL DEFAULT 0;
