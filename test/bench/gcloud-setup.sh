#!/usr/bin/env bash
# What a person writes today to get the service account: one gcloud command after another, then a test as the account.
# Usage: gcloud-setup.sh PROJECT KEY_FILE ENDPOINT ROLE ROLE_TITLE ACCOUNT ACCOUNT_TITLE SERVICES PERMISSIONS
# SERVICES and PERMISSIONS are joined by commas. gcloud is pointed at the endpoint by its environment.
set -euo pipefail
project=$1 key_file=$2 endpoint=$3 role=$4 role_title=$5 account=$6 account_title=$7 services=$8 permissions=$9
email=$account@$project.iam.gserviceaccount.com

gcloud services enable ${services//,/ } --project="$project"
gcloud iam roles create "$role" --project="$project" --title="$role_title" --stage=GA --permissions="$permissions"
gcloud iam service-accounts create "$account" --project="$project" --display-name="$account_title"
gcloud projects add-iam-policy-binding "$project" \
  --member="serviceAccount:$email" --role="projects/$project/roles/$role" --condition=None
gcloud iam service-accounts keys create "$key_file" --iam-account="$email" --project="$project"

# As the account: gcloud has no command that tests permissions, so curl asks, with gcloud's token.
unset CLOUDSDK_AUTH_ACCESS_TOKEN_FILE
gcloud auth activate-service-account --key-file="$key_file"
token=$(gcloud auth print-access-token "$email")
granted=$(curl --silent --show-error --fail "$endpoint/v3/projects/$project:testIamPermissions" \
  --header "Authorization: Bearer $token" --header 'Content-Type: application/json' \
  --data "{\"permissions\": [\"${permissions//,/\", \"}\"]}" | grep -c '^ *"[a-z]*\.[A-Za-z.]*"') || true
wanted=$(tr ',' '\n' <<<"$permissions" | grep -c .)
echo "$granted of $wanted permissions granted"
[[ $granted == "$wanted" ]]
